package io.odin.persistence.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.odin.persistence.Persistence;
import io.odin.persistence.PersistenceConfig;
import io.odin.persistence.error.PersistenceException;
import io.odin.persistence.error.Retry;
import io.odin.persistence.error.UnavailableException;
import io.odin.persistence.error.UnavailableException.Reason;
import io.odin.persistence.namespace.Namespace;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.namespace.NamespaceSettings;
import io.odin.persistence.servers.Durability;
import io.odin.persistence.servers.MySqlServer;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A URL of two servers, of which one takes writes. Nothing is copied from one to the other. */
class SeveralHostsTest {

  private static MySqlServer first;
  private static MySqlServer second;

  @BeforeAll
  static void start() throws IOException {
    first = MySqlServer.start(Durability.NONE, Map.of());
    second = MySqlServer.start(Durability.NONE, Map.of());
    for (MySqlServer server : new MySqlServer[] {first, second}) {
      execute(
          server,
          "CREATE DATABASE odin",
          "CREATE USER engine IDENTIFIED BY 'engine'",
          "GRANT ALL ON odin.* TO engine",
          "SET GLOBAL log_bin_trust_function_creators = ON");
      Persistence.schemaOf(
              config("jdbc:mysql://" + place(server) + "/odin?allowPublicKeyRetrieval=true"))
          .migrate();
    }
  }

  @AfterAll
  static void stop() {
    first.close();
    second.close();
  }

  private static void execute(MySqlServer server, String... statements) {
    try {
      server.execute(statements);
    } catch (SQLException e) {
      throw new IllegalStateException("the tests' server refused: " + e.getMessage(), e);
    }
  }

  private static void makeReplica(MySqlServer server) {
    execute(server, "SET GLOBAL super_read_only = ON");
  }

  private static void makePrimary(MySqlServer server) {
    execute(server, "SET GLOBAL super_read_only = OFF", "SET GLOBAL read_only = OFF");
  }

  private static PersistenceConfig config(String url) {
    // Not the one who may write to a server that is read_only.
    return PersistenceConfig.builder(url)
        .credentials("engine", "engine")
        .shardCount(8)
        .maximumPoolSize(3)
        .build();
  }

  private static PersistenceConfig both() {
    return config(
        "jdbc:mysql://"
            + place(first)
            + ","
            + place(second)
            + "/odin?allowPublicKeyRetrieval=true");
  }

  private static String place(MySqlServer server) {
    return server.url("").replaceFirst("jdbc:mysql://([^/]+)/.*", "$1");
  }

  @BeforeEach
  void empty() {
    for (MySqlServer server : new MySqlServer[] {first, second}) {
      makePrimary(server);
      execute(server, "DELETE FROM odin.namespaces");
    }
  }

  private static Namespace create(Persistence persistence, String name) {
    return persistence
        .namespaces()
        .create(NamespaceId.create(), name, NamespaceSettings.defaults());
  }

  @Test
  void open_connectsToTheOneThatTakesWrites() {
    makeReplica(first);
    try (Persistence persistence = Persistence.open(both())) {
      Namespace created = create(persistence, "orders");

      assertThat(persistence.namespaces().find(created.id())).isPresent();
      assertThat(Persistence.schemaOf(both()).status().isCurrent()).isTrue();
    }
    makePrimary(first);
    try (Persistence persistence = Persistence.open(both())) {
      assertThat(persistence.namespaces().findByName("orders")).isEmpty();
    }
  }

  @Test
  void calls_afterTheRolesHaveChanged_goToTheNewPrimary() {
    makeReplica(second);
    try (Persistence persistence = Persistence.open(both())) {
      Namespace old = create(persistence, "orders");
      for (int i = 0; i < 10; i++) {
        assertThat(persistence.namespaces().find(old.id())).isPresent();
      }

      makeReplica(first);
      makePrimary(second);

      // A read, which the former primary would answer.
      assertThat(persistence.namespaces().find(old.id())).isEmpty();
      Namespace created = create(persistence, "orders");
      assertThat(persistence.namespaces().find(created.id())).isPresent();

      makeReplica(second);
      makePrimary(first);

      // A write.
      create(persistence, "invoices");
      assertThat(persistence.namespaces().find(old.id())).isPresent();
      assertThat(persistence.namespaces().find(created.id())).isEmpty();
    }
  }

  @Test
  void calls_whileNoServerTakesWrites_areReadOnly() {
    try (Persistence persistence = Persistence.open(both())) {
      Namespace created = create(persistence, "orders");
      makeReplica(first);
      makeReplica(second);

      assertReadOnly(() -> create(persistence, "invoices"));
      assertReadOnly(() -> persistence.namespaces().find(created.id()));
      assertReadOnly(() -> Persistence.open(both()).close());

      makePrimary(first);
      assertThat(persistence.namespaces().find(created.id())).isPresent();
    }
  }

  private static void assertReadOnly(Runnable call) {
    UnavailableException failure = catchThrowableOfType(UnavailableException.class, call::run);
    assertThat(failure.reason()).isEqualTo(Reason.READ_ONLY);
  }

  @Test
  void open_whereOneHostIsNotThere_connectsToTheOther() {
    PersistenceConfig config =
        config("jdbc:mysql://127.0.0.1:1," + place(second) + "/odin?allowPublicKeyRetrieval=true");

    try (Persistence persistence = Persistence.open(config)) {
      create(persistence, "orders");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "jdbc:mysql:loadbalance://a,b/odin                   | host:port,host:port",
        "jdbc:mysql:replication://a,b/odin                   | host:port,host:port",
        "jdbc:mysql://address=(host=a)(port=1)/odin          | host:port,host:port",
        "jdbc:mysql://(host=a,port=1),(host=b,port=1)/odin   | host:port,host:port",
        "jdbc:mysql://[a,b]/odin                             | host:port,host:port",
        "jdbc:mysql://a,b/odin?failOverReadOnly=false        | sets failOverReadOnly",
        "jdbc:mysql://a,b/odin?AUTORECONNECT=true            | sets AUTORECONNECT",
        "jdbc:mysql://a,b/odin?loadBalanceStrategy=random    | sets loadBalanceStrategy",
        "jdbc:mysql://a,b/odin?ha.loadBalanceStrategy=random | sets ha.loadBalanceStrategy",
        "jdbc:mysql://a,b/odin?readFromSourceWhenNoReplicas=true | sets readFromSource"
      })
  void open_withAnotherFormOfSeveralHosts_saysWhatToWriteInstead(String url, String reason) {
    assertThatThrownBy(() -> Persistence.open(config(url)))
        .isInstanceOfSatisfying(
            PersistenceException.class,
            failure -> assertThat(failure.retry()).isEqualTo(Retry.NEVER))
        .hasMessageContaining(reason);
  }
}
