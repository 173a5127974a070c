package io.odin.persistence.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DemoCommandTest {

  @ParameterizedTest
  @CsvSource({"demo, postgres", "demo --backend mysql, mysql"})
  void theDemoLosesNothingAndDoesNothingTwice(String line, String backend) {
    CommandResult result = CommandResult.of((line + " --workflows 30 --workers 2").split(" "));

    assertThat(result.err()).isEmpty();
    assertThat(result.out())
        .contains("backend         " + backend)
        .contains("lost: 0, done twice: 0")
        .contains("32 orders, 2 children, 1 resets")
        .contains("Shard distribution")
        .contains("Visibility, by query");
    assertThat(result.exitCode()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void theDemoMigratesAnEmptyDatabaseAndLeavesTheNextOneAlone(TestServer server) throws Exception {
    String url = server.emptyDatabase();
    List<String> namespaces = new ArrayList<>();
    for (int run = 0; run < 2; run++) {
      CommandResult result =
          server.on(url, "demo", "--workflows", "5", "--workers", "1", "--shards", "4", "--json");

      assertThat(result.err()).isEmpty();
      assertThat(result.exitCode()).isZero();
      JsonNode report = new ObjectMapper().readTree(result.out());
      assertThat(report.at("/audit/lost").asInt()).isZero();
      assertThat(report.at("/audit/doneTwice").asInt()).isZero();
      assertThat(report.at("/audit/orders").asInt()).isEqualTo(5 + 2);
      assertThat(report.at("/audit/resets").asInt()).isZero();
      assertThat(report.at("/audit/dueTimes").asInt()).isEqualTo(2);
      assertThat(report.at("/audit/archivedRuns").asInt()).isEqualTo(5);
      assertThat(report.at("/visibility/byStatus/0/runs").asInt()).isPositive();
      assertThat(report.at("/visibility/queries/1/runs").asInt()).isEqualTo(2);
      assertThat(report.at("/operations").isEmpty()).isFalse();
      namespaces.add(report.at("/namespace").asText());
    }
    assertThat(namespaces).doesNotHaveDuplicates();
    for (String left :
        List.of(
            "history_shards WHERE owner_identity IS NOT NULL",
            "namespaces WHERE history_archival_enabled",
            "workflow_signals WHERE NOT processed")) {
      assertThat(server.count(url, left)).as(left).isZero();
    }
  }
}
