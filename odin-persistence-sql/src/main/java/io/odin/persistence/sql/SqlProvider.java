package io.odin.persistence.sql;

import io.odin.persistence.Limits;
import io.odin.persistence.Persistence;
import io.odin.persistence.PersistenceConfig;
import io.odin.persistence.TaskWakeUps;
import io.odin.persistence.error.PersistenceException;
import io.odin.persistence.error.UnsupportedCapabilityException;
import io.odin.persistence.schema.Schema;
import io.odin.persistence.spi.PersistenceProvider;
import io.odin.persistence.sql.database.ConnectionSource;
import io.odin.persistence.sql.database.Database;
import io.odin.persistence.sql.database.Dialect;
import io.odin.persistence.sql.database.ExceptionTranslator;
import io.odin.persistence.sql.database.OwnSession;
import io.odin.persistence.sql.schema.OpenCheck;
import io.odin.persistence.sql.schema.SqlSchema;
import io.odin.persistence.sql.statement.Sql;
import io.odin.persistence.sql.task.TaskStatements;
import io.odin.persistence.value.Capability;
import java.sql.Connection;
import java.sql.SQLException;
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
   */
  protected SqlProvider(Dialect dialect, TaskStatements tasks) {
    this.dialect = dialect;
    this.tasks = tasks;
    urlPrefix = dialect.connector().urlPrefix();
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
    return SqlPersistence.capabilities(dialect);
  }

  @Override
  public final Limits limits() {
    return Limits.DEFAULTS;
  }

  @Override
  public final Persistence open(PersistenceConfig config) {
    if (config.taskWakeUps() == TaskWakeUps.ACROSS_PROCESSES && dialect.messages().isEmpty()) {
      throw new UnsupportedCapabilityException(name(), Capability.TASK_WAKE_UPS_ACROSS_PROCESSES);
    }
    JdbcDriver.require(urlPrefix, dialect.driver());
    new OpenCheck(config, dialect).run();
    return new SqlPersistence(config, dialect, tasks);
  }

  @Override
  public final Schema schema(PersistenceConfig config) {
    JdbcDriver.require(urlPrefix, dialect.driver());
    return new SqlSchema(config, dialect);
  }

  /**
   * Connects for queries that people ask of the tables; the caller closes the connection.
   *
   * @throws PersistenceException as {@link #open} does
   */
  public final Connection connect(PersistenceConfig config) {
    JdbcDriver.require(urlPrefix, dialect.driver());
    try {
      OwnSession.require(config, dialect);
      return ConnectionSource.forQueries(config, dialect).getConnection();
    } catch (SQLException e) {
      throw ExceptionTranslator.translate(
          "connecting", dialect, ExceptionTranslator.Phase.BEFORE_COMMIT, e);
    }
  }

  /** Whether an exception of {@link #connect}'s connection says that a privilege is missing. */
  public final boolean isDenied(SQLException exception) {
    return dialect.isDenied(exception);
  }

  /** Returns every statement of the stores, human-readable, without asking a server. */
  public final List<Sql> statements() {
    PersistenceConfig config = PersistenceConfig.builder(urlPrefix).build();
    return new SqlPersistence(config, dialect, tasks, Database.unconnected(dialect)).statements();
  }
}
