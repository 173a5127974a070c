package io.odin.persistence.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.odin.persistence.Persistence;
import io.odin.persistence.PersistenceConfig;
import io.odin.persistence.error.BackendFailureException;
import io.odin.persistence.error.InvalidRequestException;
import io.odin.persistence.error.PersistenceException;
import io.odin.persistence.error.Retry;
import io.odin.persistence.servers.Durability;
import io.odin.persistence.servers.MySqlServer;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What no repetition mends is reported so. */
class PermanentMistakesTest {

  private final MySqlTckDatabase database = TestMySql.database();

  @AfterEach
  void drop() {
    database.close();
  }

  /** Without the parameters of the tests' URLs. */
  private String url(String parameters) {
    return database.config().url().replaceFirst("[?].*", "") + parameters;
  }

  private static PersistenceException refusal(String url, String user, String password) {
    PersistenceConfig config =
        PersistenceConfig.builder(url).credentials(user, password).shardCount(8).build();
    PersistenceException failure =
        catchThrowableOfType(PersistenceException.class, () -> Persistence.open(config));
    assertThat(failure).isNotNull();
    assertThat(failure.retry()).isEqualTo(Retry.NEVER);
    return failure;
  }

  private String user() {
    return database.config().credentials().get().username();
  }

  @Test
  void open_withoutThePasswordThatTheServerWants_saysSo() {
    assertThat(refusal(database.config().url(), user(), ""))
        .isInstanceOf(BackendFailureException.class)
        .hasMessageContaining("refused the login");
  }

  /** The server makes its certificate itself, for no host, and no authority has signed it. */
  @Test
  void open_withACertificateThatDoesNotFit_saysWhatToDo() {
    for (String mode : new String[] {"VERIFY_CA", "VERIFY_IDENTITY"}) {
      assertThat(refusal(url("?sslMode=" + mode), user(), user()))
          .isInstanceOf(BackendFailureException.class)
          .hasMessageContaining("cannot be connected to like this")
          .hasMessageContaining("certificate");
    }
  }

  @Test
  void open_withEncryptionOfAServerThatHasNone_saysWhatToDo() throws IOException {
    try (MySqlServer plain = MySqlServer.start(Durability.NONE, Map.of("tls-version", ""))) {
      assertThat(refusal(plain.url("mysql") + "?sslMode=REQUIRED", plain.user(), ""))
          .isInstanceOf(BackendFailureException.class)
          .hasMessageContaining("cannot be connected to like this");
    }
  }

  @Test
  void open_withoutEncryptionWhereThePasswordNeedsIt_saysWhatToDo() {
    TestMySql.execute("FLUSH PRIVILEGES");

    assertThat(refusal(url("?sslMode=DISABLED"), user(), user()))
        .isInstanceOf(BackendFailureException.class)
        .hasMessageContaining("Public Key Retrieval is not allowed");
  }

  @Test
  void open_withAParameterThatTheDriverDoesNotTake_namesItAndWhatItTakes() {
    assertThat(refusal(url("?sslMode=REQUIER"), "", ""))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("sslMode")
        .hasMessageContaining("VERIFY_IDENTITY");
    assertThat(refusal(url("?connectTimeout=soon"), "", ""))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("connectTimeout");
  }
}
