package io.odin.persistence.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DoctorCommandTest {

  @ParameterizedTest
  @CsvSource({
    "POSTGRES, set fsync = on, max_connections, old snapshots",
    "MYSQL, innodb_flush_log_at_trx_commit, sync_binlog, routines"
  })
  void theDoctorSaysWhatIsWrongAndWhatToDo(
      TestServer server, String advice, String check, String other) throws Exception {
    reports(
        server.on(server.emptyDatabase(), "doctor"),
        "schema version is not there, expected 1  Migrate the database");
    String url = server.migratedDatabase(2);

    CommandResult result = server.on(url, "doctor", "--shards", "2");

    assertThat(result.err()).isEmpty();
    assertThat(result.exitCode()).isZero();
    assertThat(result.out())
        .contains("of 2 shards 2 have no owner")
        .contains("start an engine")
        .contains(advice)
        .contains("failures: 0, warnings: ");
    JsonNode json =
        new ObjectMapper().readTree(server.on(url, "doctor", "--shards", "2", "--json").out());
    assertThat(json.get("status").asText()).isEqualTo("warning");
    assertThat(json.get("findings").findValuesAsText("check"))
        .contains("retention lag", check, other);
    reports(
        server.on(url, "doctor", "--shards", "4"),
        "shard count is 2, expected 4  The count is fixed");
  }

  @Test
  void theDoctorReportsADatabaseThatCannotBeOpened() throws Exception {
    TestServer server = TestServer.POSTGRES;
    String nowhere = server.url("nowhere");
    reports(
        server.on(nowhere, "doctor"),
        "there is no such database: FATAL: database \"nowhere\" does not exist  create the"
            + " database");
    reports(
        server.on("jdbc:postgresql://host.invalid:5432/odin", "doctor"), "no host host.invalid");

    CommandResult json = server.on(nowhere, "doctor", "--json");
    assertThat(json.exitCode()).isEqualTo(Odin.FAILURE);
    assertThat(json.err()).isEmpty();
    JsonNode report = new ObjectMapper().readTree(json.out());
    assertThat(report.get("status").asText()).isEqualTo("failure");
    assertThat(report.get("findings").findValuesAsText("check")).containsExactly("opening");
  }

  private static void reports(CommandResult result, String finding) {
    assertThat(result.out()).contains(finding).contains("failures: 1, warnings: 0");
    assertThat(result.err()).isEmpty();
    assertThat(result.exitCode()).isEqualTo(Odin.FAILURE);
  }
}
