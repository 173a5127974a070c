package io.odin.persistence.benchmarks.harness;

import io.odin.persistence.Persistence;
import io.odin.persistence.PersistenceConfig;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Makes databases on the server under test: one for each side, all copies of one that has just been
 * migrated, so that the sides begin alike and do not touch each other's tables. Not thread-safe.
 */
public final class Stage implements AutoCloseable {

  private static final String PREFIX = "odin_bench_" + ProcessHandle.current().pid() + "_";
  private static final String TEMPLATE = PREFIX + "template";

  private final Server server;
  private final Set<String> databases = new LinkedHashSet<>();
  private int made;

  private Stage(Server server) {
    this.server = server;
  }

  /** Makes the database that all others are copied from. */
  public static Stage open(Server server) throws SQLException {
    Stage stage = new Stage(server);
    server.create(TEMPLATE, "template1");
    PersistenceConfig config = server.database(TEMPLATE).config().build();
    Persistence.schemaOf(config).migrate();
    return stage;
  }

  /** The server under test. */
  public Server server() {
    return server;
  }

  /** A fresh database with the library's schema. */
  public Database migrated(String label) throws SQLException {
    return make(label, TEMPLATE);
  }

  /** A fresh database with nothing in it. */
  public Database empty(String label) throws SQLException {
    return make(label, "template1");
  }

  private Database make(String label, String template) throws SQLException {
    String name = PREFIX + ++made + "_" + label.toLowerCase(Locale.ROOT).replaceAll("\\W+", "_");
    databases.add(name);
    server.create(name, template);
    return server.database(name);
  }

  /** Drops a database, whoever is still connected. */
  public void drop(Database database) throws SQLException {
    server.drop(database.name());
    databases.remove(database.name());
  }

  /** Drops what is left. */
  @Override
  public void close() throws SQLException {
    for (String name : databases) {
      server.drop(name);
    }
    server.drop(TEMPLATE);
  }
}
