package io.odin.persistence.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Short runs; CONTRIBUTING names the long one. */
class TortureCommandTest {

  /** All but full-disk, which needs root, and after which MySQL waits for a minute. */
  private static final String FAULTS =
      "kill,pause,cut,unreachable,lose-requests,read-only,kill-clients,failover";

  @ParameterizedTest
  @ValueSource(strings = {"postgres", "mysql"})
  void whatWasReportedIsWhatTheDatabaseHolds(String backend) throws Exception {
    CommandResult result =
        CommandResult.of(
            ("torture --json --duration 15s --seed 7 --workers 2 --faults " + FAULTS)
                .concat(" --backend " + backend)
                .split(" "));

    JsonNode report = new ObjectMapper().readTree(result.out());
    assertThat(report.at("/texts")).isEmpty();
    assertThat(report.at("/faults")).isNotEmpty();
    assertThat(report.at("/answers/0/times").asLong()).isPositive();
    assertThat(result.err()).isEmpty();
    assertThat(result.exitCode()).isZero();
  }

  @Test
  void theReportSaysWhatWasDoneAndFound() {
    CommandResult result =
        CommandResult.of("torture --duration 3s --seed 1 --workers 1 --faults kill".split(" "));

    assertThat(result.out())
        .contains("seed     1")
        .contains("kill")
        .contains("Audit of ")
        .contains("lost: 0, repeated: 0, wrong outcomes: 0, hung calls: 0, two owners: 0, gaps: 0");
    assertThat(result.exitCode()).isZero();
  }
}
