package io.odin.persistence.sql;

import io.odin.persistence.Capability;
import io.odin.persistence.Limits;
import io.odin.persistence.Persistence;
import io.odin.persistence.PersistenceConfig;
import io.odin.persistence.schema.Schema;
import io.odin.persistence.spi.PersistenceProvider;
import io.odin.persistence.sql.database.Database;
import io.odin.persistence.sql.database.Dialect;
import io.odin.persistence.sql.schema.OpenCheck;
import io.odin.persistence.sql.schema.SqlSchema;
import io.odin.persistence.sql.statement.Sql;
import io.odin.persistence.sql.task.TaskStatements;
import java.util.List;
import java.util.Set;

/**
 * A backend that is a dialect and nothing else. ServiceLoader wants a public constructor without
 * parameters of the class that extends it. Stateless and thread-safe.
 */
public abstract class SqlProvider implements PersistenceProvider {

  private final Dialect dialect;
  private final TaskStatements tasks;
  private final String urlPrefix;

  /**
   * Of one database.
   *
   * @param tasks what the database does with tasks in its own way
   * @param urlPrefix how its JDBC URLs begin, such as {@code jdbc:postgresql:}
   */
  protected SqlProvider(Dialect dialect, TaskStatements tasks, String urlPrefix) {
    this.dialect = dialect;
    this.tasks = tasks;
    this.urlPrefix = urlPrefix;
  }

  @Override
  public final String name() {
    return dialect.name();
  }

  @Override
  public final boolean accepts(String url) {
    return url.startsWith(urlPrefix);
  }

  @Override
  public final Set<Capability> capabilities() {
    return SqlPersistence.CAPABILITIES;
  }

  @Override
  public final Limits limits() {
    return Limits.DEFAULTS;
  }

  @Override
  public final Persistence open(PersistenceConfig config) {
    JdbcDriver.require(urlPrefix, dialect.driver());
    new OpenCheck(config, dialect).run();
    return new SqlPersistence(config, dialect, tasks);
  }

  @Override
  public final Schema schema(PersistenceConfig config) {
    JdbcDriver.require(urlPrefix, dialect.driver());
    return new SqlSchema(config, dialect);
  }

  /** Returns every statement of the stores, human-readable, without asking a server. */
  public final List<Sql> statements() {
    PersistenceConfig config = PersistenceConfig.builder(urlPrefix).build();
    return new SqlPersistence(config, dialect, tasks, Database.unconnected(dialect)).statements();
  }
}
