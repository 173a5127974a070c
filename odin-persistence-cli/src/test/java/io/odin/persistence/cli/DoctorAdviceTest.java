package io.odin.persistence.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** For each way in which a database does not work, the doctor names it, and advice that fits. */
class DoctorAdviceTest {

  private static final String PASSWORD = "Patient-1";

  /** Advice that is for one failure only. */
  private static final List<String> ADVICES =
      List.of("odin schema migrate", "is the server running", "is the server up");

  /**
   * What is wrong, and what the doctor has to say of it.
   *
   * @param name also of the account
   * @param server where
   * @param cause statements
   * @param said parts of the report
   * @param allowed advice for one failure only that this failure may get
   */
  record Illness(
      String name, TestServer server, List<String> cause, List<String> said, List<String> allowed) {

    private List<String> account() {
      return server == TestServer.POSTGRES
          ? List.of(
              "CREATE ROLE %1$s LOGIN PASSWORD '" + PASSWORD + "'",
              "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO %1$s",
              "GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO %1$s")
          : List.of(
              "CREATE USER %1$s IDENTIFIED BY '" + PASSWORD + "'", "GRANT ALL ON `%2$s`.* TO %1$s");
    }
  }

  private static Stream<Illness> illnesses() {
    return Stream.of(
        new Illness(
            "postgres_too_few_connections",
            TestServer.POSTGRES,
            List.of("ALTER ROLE %1$s CONNECTION LIMIT 1"),
            List.of("too many connections for role", "lower maximumPoolSize"),
            List.of()),
        new Illness(
            "postgres_read_only_role",
            TestServer.POSTGRES,
            List.of("ALTER ROLE %1$s SET default_transaction_read_only = on"),
            List.of("find out who has switched writing off", "default_transaction_read_only"),
            List.of()),
        new Illness(
            "postgres_no_sequence",
            TestServer.POSTGRES,
            List.of("REVOKE USAGE ON SEQUENCE task_id_sequence FROM %1$s"),
            List.of("the account lacks USAGE on task_id_sequence", "optional/roles.sql"),
            List.of()),
        new Illness(
            "postgres_no_table",
            TestServer.POSTGRES,
            List.of("REVOKE SELECT ON odin_schema FROM %1$s"),
            List.of("permission denied for table odin_schema: grant it to the account"),
            List.of()),
        new Illness(
            "postgres_not_migrated",
            TestServer.POSTGRES,
            List.of("DELETE FROM odin_schema"),
            List.of("schema version is not there", "odin schema migrate"),
            List.of("odin schema migrate")),
        new Illness(
            "postgres_object_of_another",
            TestServer.POSTGRES,
            List.of(
                "GRANT CREATE ON SCHEMA public TO %1$s",
                "ALTER TABLE task_queues OWNER TO %1$s",
                "CREATE ROLE %1$s_other",
                "GRANT CREATE ON SCHEMA public TO %1$s_other",
                "ALTER TABLE namespaces OWNER TO %1$s_other"),
            List.of("table public.namespaces of", "find out who made it"),
            List.of()),
        new Illness(
            "mysql_too_few_connections",
            TestServer.MYSQL,
            List.of("ALTER USER %1$s WITH MAX_USER_CONNECTIONS 1"),
            List.of("max_user_connections", "or lower maximumPoolSize"),
            List.of()),
        new Illness(
            "mysql_statement_log",
            TestServer.MYSQL,
            List.of("SET GLOBAL binlog_format = 'STATEMENT'"),
            List.of("set binlog_format = ROW"),
            List.of()),
        new Illness(
            "mysql_read_only",
            TestServer.MYSQL,
            List.of("SET GLOBAL read_only = ON"),
            List.of("find out who has switched writing off", "super_read_only"),
            List.of()),
        new Illness(
            "mysql_no_table",
            TestServer.MYSQL,
            List.of("REVOKE ALL ON `%2$s`.* FROM %1$s", "GRANT SELECT ON `%2$s`.* TO %1$s"),
            List.of("the account lacks", "INSERT on task_queues", "optional/roles.sql"),
            List.of()),
        new Illness(
            "mysql_wrong_password",
            TestServer.MYSQL,
            List.of("ALTER USER %1$s IDENTIFIED BY 'Another-1'"),
            List.of("Access denied for user", "check --user, and --password"),
            List.of()));
  }

  @ParameterizedTest
  @MethodSource("illnesses")
  void theDoctorNamesIt(Illness illness) throws Exception {
    TestServer server = illness.server();
    String url = server.migratedDatabase(1);
    String database = url.replaceFirst(".*/", "").replaceFirst("[?].*", "");
    String account = illness.name();
    for (String sql : illness.account()) {
      server.execute(url, sql.formatted(account, database));
    }
    CommandResult healthy = doctor(url, account);
    assertThat(healthy.out()).contains("failures: 0");
    for (String sql : illness.cause()) {
      server.execute(url, sql.formatted(account, database));
    }
    try {
      CommandResult result = doctor(url, account);

      assertThat(result.err()).isEmpty();
      assertThat(result.exitCode()).isEqualTo(Odin.FAILURE);
      assertThat(result.out()).contains(illness.said());
      assertThat(result.out())
          .doesNotContain(
              ADVICES.stream().filter(advice -> !illness.allowed().contains(advice)).toList());
    } finally {
      if (server == TestServer.MYSQL) {
        server.execute(url, "SET GLOBAL binlog_format = DEFAULT");
        server.execute(url, "SET GLOBAL read_only = OFF");
      }
    }
  }

  private static CommandResult doctor(String url, String account) {
    return CommandResult.of(
        "doctor", "--shards", "1", "--url", url, "--user", account, "--password=" + PASSWORD);
  }
}
