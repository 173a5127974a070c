package io.odin.persistence.cli.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MonitoringQueryTest {

  @ParameterizedTest
  @EnumSource
  void hasATextForPostgres(MonitoringQuery query) {
    assertThat(query.sql("postgres")).startsWith("SELECT");
  }

  /** Who has no Java at hand reads them there. */
  @ParameterizedTest
  @EnumSource
  void isPrintedByTheReadmeOfTheSchema(MonitoringQuery query) throws IOException {
    String readme = Files.readString(Path.of("..", "Schemas", "README.md"));

    assertThat(withoutLineEnds(readme)).contains(withoutLineEnds(query.sql("postgres")) + ";");
  }

  private static String withoutLineEnds(String text) {
    return text.strip().replaceAll("\\s+", " ");
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
