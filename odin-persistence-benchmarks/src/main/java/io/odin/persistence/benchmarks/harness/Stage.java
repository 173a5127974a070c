package io.odin.persistence.benchmarks.harness;

import io.odin.persistence.Persistence;
import io.odin.persistence.PersistenceConfig;
import io.odin.persistence.error.PersistenceException;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.namespace.NamespaceSettings;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Makes databases on the server under test: one for each side, freshly migrated or a copy of one
 * that is, so that the sides begin alike and do not touch each other's tables. Not thread-safe.
 */
public final class Stage implements AutoCloseable {

  /** The namespace of all rows. */
  public static final NamespaceId NAMESPACE =
      new NamespaceId(UUID.fromString("018f0000-0000-7000-8000-000000000001"));

  private static final String PREFIX = "odin_bench_" + ProcessHandle.current().pid() + "_";
  private static final String TEMPLATE = PREFIX + "template";

  private final Server server;
  private final Set<String> databases = new LinkedHashSet<>();
  private int made;

  private Stage(Server server) {
    this.server = server;
  }

  /** Makes the database that others are copied from, where databases can be copied. */
  public static Stage open(Server server) throws SQLException {
    Stage stage = new Stage(server);
    server.execute("CREATE DATABASE " + TEMPLATE);
    try {
      migrate(server.database(TEMPLATE));
    } catch (PersistenceException e) {
      stage.close();
      throw e;
    }
    return stage;
  }

  /** The server under test. */
  public Server server() {
    return server;
  }

  /** A fresh database with the library's schema and the namespace. */
  public Database migrated(String label) throws SQLException {
    String name = name(label);
    Optional<String> copy = server.engine().copy(name, TEMPLATE);
    if (copy.isPresent()) {
      server.execute(copy.get());
      return server.database(name);
    }
    Database database = make(name);
    migrate(database);
    return database;
  }

  private static void migrate(Database database) {
    PersistenceConfig config = database.config().build();
    Persistence.schemaOf(config).migrate();
    try (Persistence persistence = Persistence.open(config)) {
      persistence.namespaces().create(NAMESPACE, "benchmarks", NamespaceSettings.defaults());
    }
  }

  /** A fresh database with nothing in it. */
  public Database empty(String label) throws SQLException {
    return make(name(label));
  }

  private String name(String label) {
    String name = PREFIX + ++made + "_" + label.toLowerCase(Locale.ROOT).replaceAll("\\W+", "_");
    databases.add(name);
    return name;
  }

  private Database make(String name) throws SQLException {
    server.execute("CREATE DATABASE " + name);
    return server.database(name);
  }

  /** Drops a database and ends its connections. */
  public void drop(Database database) throws SQLException {
    server.execute(server.engine().drop(database.name()));
    databases.remove(database.name());
  }

  /** Drops what is left. */
  @Override
  public void close() throws SQLException {
    for (String name : databases) {
      server.execute(server.engine().drop(name));
    }
    server.execute(server.engine().drop(TEMPLATE));
  }
}
