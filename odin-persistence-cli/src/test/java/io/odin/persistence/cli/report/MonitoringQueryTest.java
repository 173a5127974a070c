package io.odin.persistence.cli.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MonitoringQueryTest {

  @ParameterizedTest
  @EnumSource
  void hasATextForPostgres(MonitoringQuery query) {
    assertThat(query.sql("postgres")).startsWith("SELECT");
  }

  @Test
  void knowsWhichBackendsHaveQueries() {
    assertThat(MonitoringQuery.existFor("postgres")).isTrue();
    assertThat(MonitoringQuery.existFor("papyrus")).isFalse();
    assertThatThrownBy(() -> MonitoringQuery.EXPIRED_LEASES.sql("papyrus"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("papyrus");
  }
}
