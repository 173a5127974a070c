package io.odin.persistence.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.odin.persistence.benchmarks.harness.DisturbanceResult;
import io.odin.persistence.benchmarks.harness.DisturbanceResult.Round;
import io.odin.persistence.benchmarks.harness.Latencies;
import io.odin.persistence.cli.report.Table;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ReportTest {

  @Test
  void tablesWithoutRowsAreLeftOut() {
    Latencies calls = new Latencies(100, 1, 2);
    DisturbanceResult polls =
        new DisturbanceResult("polls", 8, List.of(new Round(calls, calls, 30)));

    List<Table> tables = Report.tables("PostgreSQL 18", List.of(), List.of(polls));

    assertThat(tables).hasSize(2).noneMatch(table -> table.rows().isEmpty());
    assertThat(tables.getFirst().title()).startsWith("Polls alone and beside other work");
    assertThat(tables.getLast().title()).isEqualTo("Aims");
  }
}
