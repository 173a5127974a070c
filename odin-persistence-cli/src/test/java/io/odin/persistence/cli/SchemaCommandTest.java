package io.odin.persistence.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SchemaCommandTest {

  @ParameterizedTest
  @EnumSource
  void schemaCommandsBringADatabaseUpToDate(TestServer server) throws Exception {
    String url = server.emptyDatabase();

    CommandResult empty = server.on(url, "schema", "status");
    assertThat(empty.exitCode()).isEqualTo(Odin.SCHEMA_NOT_CURRENT);
    assertThat(empty.out()).contains("none, version 1 needed").contains("pending");

    CommandResult sql = server.on(url, "schema", "sql");
    assertThat(sql.exitCode()).isZero();
    assertThat(sql.out()).contains("workflow_executions");
    assertThat(server.on(url, "schema", "status").exitCode()).isEqualTo(Odin.SCHEMA_NOT_CURRENT);

    CommandResult migrated = server.on(url, "schema", "migrate");
    assertThat(migrated.err()).isEmpty();
    assertThat(migrated.exitCode()).isZero();
    assertThat(migrated.out()).contains("applied").contains("version 1, current");

    assertThat(server.on(url, "schema", "migrate").out()).doesNotContain("applied");
    CommandResult current = server.on(url, "schema", "status", "--json");
    assertThat(current.exitCode()).isZero();
    JsonNode json = new ObjectMapper().readTree(current.out());
    assertThat(json.get("current").asBoolean()).isTrue();
    assertThat(json.get("pendingChanges").isEmpty()).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void statusSaysThatTheShardCountIsAnother(TestServer server) throws Exception {
    String url = server.migratedDatabase(8);

    CommandResult status = server.on(url, "schema", "status", "--shards", "16");

    assertThat(status.exitCode()).isEqualTo(Odin.SCHEMA_NOT_CURRENT);
    assertThat(status.out())
        .contains("version 1, current")
        .contains("shards    8, configured are 16: the count is fixed, configure --shards 8");
    assertThat(server.on(url, "schema", "migrate", "--shards", "16").out())
        .contains("configured are 16");
    CommandResult json = server.on(url, "schema", "status", "--shards", "8", "--json");
    assertThat(json.exitCode()).isZero();
    assertThat(new ObjectMapper().readTree(json.out()).get("shardCount").asInt()).isEqualTo(8);
  }
}
