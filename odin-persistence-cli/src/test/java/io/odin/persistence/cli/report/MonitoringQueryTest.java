package io.odin.persistence.cli.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MonitoringQueryTest {

  /** Who has no Java at hand reads them there. */
  @ParameterizedTest
  @ValueSource(strings = {"postgres", "mysql"})
  void arePrintedByTheReadmeOfTheSchema(String backend) throws IOException {
    String readme = Files.readString(Path.of("..", "Schemas", "README.md"));

    for (MonitoringQuery query : MonitoringQuery.of(backend)) {
      assertThat(query.sql(backend)).startsWith("SELECT");
      assertThat(withoutLineEnds(readme)).contains(withoutLineEnds(query.sql(backend)) + ";");
    }
  }

  private static String withoutLineEnds(String text) {
    return text.strip().replaceAll("\\s+", " ");
  }

  @Test
  void knowsWhichBackendsHaveQueries() {
    assertThat(MonitoringQuery.of("postgres"))
        .contains(MonitoringQuery.MULTIXACTS, MonitoringQuery.DEAD_LETTERS)
        .doesNotContain(MonitoringQuery.TABLE_SIZES);
    assertThat(MonitoringQuery.of("mysql"))
        .contains(MonitoringQuery.TABLE_SIZES, MonitoringQuery.DEAD_LETTERS)
        .doesNotContain(MonitoringQuery.MULTIXACTS, MonitoringQuery.DEAD_ROWS);
    assertThat(MonitoringQuery.of("papyrus")).isEmpty();
    assertThat(MonitoringQuery.ofWork("mysql")).isEqualTo(MonitoringQuery.ofWork("postgres"));
    assertThatThrownBy(() -> MonitoringQuery.DEAD_LETTERS.sql("papyrus"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("papyrus");
  }
}
