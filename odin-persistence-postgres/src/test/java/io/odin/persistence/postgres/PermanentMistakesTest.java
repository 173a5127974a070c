package io.odin.persistence.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.odin.persistence.Persistence;
import io.odin.persistence.PersistenceConfig;
import io.odin.persistence.error.BackendFailureException;
import io.odin.persistence.error.InvalidRequestException;
import io.odin.persistence.error.PersistenceException;
import io.odin.persistence.error.Retry;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.namespace.NamespaceSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What no repetition mends is reported so, and what one does mend is repeated. */
class PermanentMistakesTest {

  private final PostgresTckDatabase database = TestPostgres.V18.database();

  @AfterEach
  void drop() {
    database.close();
  }

  private PersistenceException refusal(String url, String user, String password) {
    PersistenceConfig config =
        PersistenceConfig.builder(url).credentials(user, password).shardCount(8).build();
    PersistenceException failure =
        catchThrowableOfType(PersistenceException.class, () -> Persistence.open(config));
    assertThat(failure).isNotNull();
    assertThat(failure.retry()).isEqualTo(Retry.NEVER);
    return failure;
  }

  @Test
  void open_withoutThePasswordThatTheServerWants_saysSo() {
    String role = database.name() + "_locked";
    PostgresServer server = database.server();
    server.execute(
        "CREATE ROLE " + role + " LOGIN PASSWORD 'a password'",
        """
        DO $$
        DECLARE
          path text := current_setting('hba_file');
          rules oid := lo_from_bytea(0, convert_to('host all %s all scram-sha-256' || chr(10)
                                                   || pg_read_file(path), 'UTF8'));
        BEGIN
          PERFORM lo_export(rules, path);
        END $$\
        """
            .formatted(role),
        "SELECT pg_reload_conf()");
    try {
      assertThat(refusal(database.config().url(), role, ""))
          .isInstanceOf(BackendFailureException.class)
          .hasMessageContaining("refused the login")
          .hasMessageContaining("no password was provided");
      assertThat(refusal(database.config().url(), role, "another"))
          .isInstanceOf(BackendFailureException.class)
          .hasMessageContaining("refused the login");
    } finally {
      server.execute("DROP ROLE " + role);
    }
  }

  @Test
  void open_withEncryptionOfAServerThatHasNone_saysWhatToDo() {
    assumeTrue(database.value("SHOW ssl", String.class).equals("off"));

    for (String mode : new String[] {"require", "verify-ca", "verify-full"}) {
      assertThat(
              refusal(
                  database.config().url() + "?sslmode=" + mode,
                  database.config().credentials().get().username(),
                  database.config().credentials().get().password()))
          .isInstanceOf(BackendFailureException.class)
          .hasMessageContaining("The server does not support SSL")
          .hasMessageContaining("correct the URL");
    }
  }

  @Test
  void open_withAParameterThatTheDriverDoesNotTake_namesItAndWhatItTakes() {
    assertThat(refusal(database.config().url() + "?sslmode=requier", "", ""))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("sslmode")
        .hasMessageContaining("verify-full");
    assertThat(refusal(database.config().url() + "?prepareThreshold=-1", "", ""))
        .isInstanceOf(BackendFailureException.class)
        .hasMessageContaining("the URL sets prepareThreshold");
    assertThat(refusal(database.config().url() + "?targetServerType=secondary", "", ""))
        .isInstanceOf(BackendFailureException.class)
        .hasMessageContaining("the URL sets targetServerType");
  }

  /** Each connection of the pool has the plan. */
  @Test
  void calls_afterAColumnWasWidened_planAgain() {
    PersistenceConfig config =
        database.config().toBuilder().shardCount(8).maximumPoolSize(2).build();
    Persistence.schemaOf(config).migrate();
    NamespaceId namespace = NamespaceId.create();
    try (Persistence persistence = Persistence.open(config)) {
      persistence.namespaces().create(namespace, "orders", NamespaceSettings.defaults());
      for (int i = 0; i < 20; i++) {
        assertThat(persistence.namespaces().find(namespace)).isPresent();
        assertThat(persistence.namespaces().findByName("orders")).isPresent();
      }

      database.execute("ALTER TABLE namespaces ALTER COLUMN namespace_name TYPE varchar(300)");

      for (int i = 0; i < 20; i++) {
        assertThat(persistence.namespaces().find(namespace)).isPresent();
        assertThat(persistence.namespaces().findByName("orders")).isPresent();
      }
    }
  }
}
