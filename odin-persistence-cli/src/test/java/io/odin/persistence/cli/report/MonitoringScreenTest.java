package io.odin.persistence.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MonitoringScreenTest {

  private final Map<MonitoringQuery, Table> results = new EnumMap<>(MonitoringQuery.class);

  MonitoringScreenTest() {
    results.put(
        MonitoringQuery.UNOWNED_SHARDS,
        Table.builder("Shards without an owner", "unowned_shards").cell(3).build());
    results.put(MonitoringQuery.DEAD_LETTERS, Table.builder("Dead letters", "dead").build());
    Table.Builder sizes = Table.builder("Table sizes", "table_name", "table_rows");
    for (int i = 1; i <= 20; i++) {
      sizes.cell("a_table_with_a_long_name_" + i).cell(i);
    }
    results.put(MonitoringQuery.TABLE_SIZES, sizes.build());
    results.put(
        MonitoringQuery.MULTIXACTS,
        Table.builder("Multixacts", "datname", "multixact_age")
            .cell("a")
            .cell(500_000_000)
            .cell("b")
            .cell(1)
            .build());
  }

  @Test
  void sectionsShareTheLines() {
    assertThat(lines(12, 50))
        .containsExactly(
            "heading",
            "Shards without an owner: unowned_shards 3",
            "Dead letters: none",
            "Table sizes, the first 3 of 20",
            "  table_name                  table_rows",
            "  a_table_with_a_long_name_1           1",
            "  a_table_with_a_long_name_2           2",
            "  a_table_with_a_long_name_3           3",
            "Multixacts",
            "  datname  multixact_age",
            "  a            500000000",
            "  b                    1");
  }

  @Test
  void whatDoesNotFitIsNamed() {
    assertThat(lines(7, 60))
        .containsExactly(
            "heading",
            "Shards without an owner: unowned_shards 3",
            "Dead letters: none",
            "Table sizes, the first 1 of 20",
            "  table_name                  table_rows",
            "  a_table_with_a_long_name_1           1",
            "not shown: multixacts (--section NAME)");
  }

  @ParameterizedTest
  @CsvSource({"1, 10", "2, 3", "5, 20", "9, 33", "24, 80", "50, 25"})
  void noScreenIsTooSmall(int rows, int columns) {
    assertThat(lines(rows, columns))
        .hasSizeLessThanOrEqualTo(Math.max(2, rows))
        .allMatch(line -> line.length() <= columns);
  }

  @Test
  void whatNeedsAnOperatorIsRed() {
    List<String> lines = new MonitoringScreen(24, 80, true).lines("heading", results);

    assertThat(lines)
        .contains(
            "\033[1mShards without an owner\033[0m\033[31m: unowned_shards 3\033[0m",
            "\033[1mDead letters\033[0m: none",
            "  a            \033[31m500000000\033[0m",
            "  b                    1");
  }

  private List<String> lines(int rows, int columns) {
    return new MonitoringScreen(rows, columns, false).lines("heading", results);
  }
}
