package io.odin.persistence.sql;

import io.odin.persistence.Limits;
import io.odin.persistence.Persistence;
import io.odin.persistence.PersistenceConfig;
import io.odin.persistence.execution.ExecutionStore;
import io.odin.persistence.health.HealthReport;
import io.odin.persistence.history.HistoryStore;
import io.odin.persistence.namespace.NamespaceStore;
import io.odin.persistence.query.QueryResultStore;
import io.odin.persistence.retention.RetentionStore;
import io.odin.persistence.schedule.ScheduleStore;
import io.odin.persistence.schema.Schema;
import io.odin.persistence.shard.ShardStore;
import io.odin.persistence.signal.SignalStore;
import io.odin.persistence.sql.database.Database;
import io.odin.persistence.sql.database.Dialect;
import io.odin.persistence.sql.database.Statements;
import io.odin.persistence.sql.execution.Executions;
import io.odin.persistence.sql.health.SqlHealth;
import io.odin.persistence.sql.history.Histories;
import io.odin.persistence.sql.namespace.LiveNamespaces;
import io.odin.persistence.sql.namespace.Namespaces;
import io.odin.persistence.sql.query.Queries;
import io.odin.persistence.sql.retention.Retention;
import io.odin.persistence.sql.run.Runs;
import io.odin.persistence.sql.schedule.Schedules;
import io.odin.persistence.sql.schema.SqlSchema;
import io.odin.persistence.sql.shard.Shards;
import io.odin.persistence.sql.signal.Signals;
import io.odin.persistence.sql.statement.Sql;
import io.odin.persistence.sql.task.TaskStatements;
import io.odin.persistence.sql.task.Tasks;
import io.odin.persistence.sql.timer.Timers;
import io.odin.persistence.sql.visibility.Visibility;
import io.odin.persistence.sql.wakeup.WakeUps;
import io.odin.persistence.sql.write.AppliedWrites;
import io.odin.persistence.task.TaskQueueStore;
import io.odin.persistence.timer.TimerStore;
import io.odin.persistence.value.Capability;
import io.odin.persistence.visibility.VisibilityStore;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The stores of an SQL database. Thread-safe. */
final class SqlPersistence implements Persistence {

  private final PersistenceConfig config;
  private final Dialect dialect;
  private final Database database;
  private final Statements statements;
  private final WakeUps wakeUps;
  private final Namespaces namespaces;
  private final Shards shards;
  private final Tasks tasks;
  private final HistoryStore history;
  private final Timers timers;
  private final Signals signals;
  private final Queries queries;
  private final Visibility visibility;
  private final Schedules schedules;
  private final Retention retention;
  private final Executions executions;
  private final SqlHealth health;

  SqlPersistence(PersistenceConfig config, Dialect dialect, TaskStatements taskStatements) {
    this(config, dialect, taskStatements, new Database(config, dialect));
  }

  SqlPersistence(
      PersistenceConfig config, Dialect dialect, TaskStatements taskStatements, Database database) {
    this.config = config;
    this.dialect = dialect;
    this.database = database;
    statements = new Statements(dialect);
    wakeUps = new WakeUps(config, dialect, database);
    Limits limits = config.limits();
    AppliedWrites writes = new AppliedWrites(statements);
    namespaces = new Namespaces(database, statements, writes, limits);
    shards = new Shards(database, statements, config.shardCount());
    LiveNamespaces live = namespaces.live();
    Runs runs = new Runs(statements);
    tasks = new Tasks(database, statements, taskStatements, live, limits, wakeUps);
    Histories histories = new Histories(database, statements);
    timers = new Timers(database, statements);
    signals = new Signals(database, statements, runs, live, limits);
    queries = new Queries(database, statements, runs, live, limits);
    visibility = new Visibility(database, dialect, statements, runs, live, limits);
    schedules =
        new Schedules(
            database, statements, writes, live, visibility.check()::requireRegistered, limits);
    history = histories.store();
    retention = new Retention(database, statements, shards, runs, history, visibility);
    // Knows all areas, since a commit writes to all of them.
    executions =
        new Executions(
            database,
            statements,
            writes,
            limits,
            shards,
            runs,
            histories,
            timers,
            signals,
            queries,
            tasks,
            visibility,
            schedules,
            retention.deletion(),
            wakeUps);
    health = new SqlHealth(database, dialect, statements, config, schema(), wakeUps);
  }

  /** What the stores can do in this dialect. */
  static Set<Capability> capabilities(Dialect dialect) {
    Set<Capability> all = EnumSet.allOf(Capability.class);
    if (dialect.messages().isEmpty()) {
      all.remove(Capability.TASK_WAKE_UPS_ACROSS_PROCESSES);
    }
    return Set.copyOf(all);
  }

  /** Every statement of the stores. */
  List<Sql> statements() {
    return statements.all();
  }

  @Override
  public String backend() {
    return dialect.name();
  }

  @Override
  public Set<Capability> capabilities() {
    return capabilities(dialect);
  }

  @Override
  public Limits limits() {
    return config.limits();
  }

  @Override
  public int shardCount() {
    return config.shardCount();
  }

  @Override
  public NamespaceStore namespaces() {
    return namespaces.store();
  }

  @Override
  public ShardStore shards() {
    return shards.store();
  }

  @Override
  public ExecutionStore executions() {
    return executions.store();
  }

  @Override
  public HistoryStore history() {
    return history;
  }

  @Override
  public TaskQueueStore taskQueues() {
    return tasks.store();
  }

  @Override
  public TimerStore timers() {
    return timers.store();
  }

  @Override
  public SignalStore signals() {
    return signals.store();
  }

  @Override
  public QueryResultStore queryResults() {
    return queries.store();
  }

  @Override
  public VisibilityStore visibility() {
    return visibility.store();
  }

  @Override
  public ScheduleStore schedules() {
    return schedules.store();
  }

  @Override
  public RetentionStore retention() {
    return retention.store();
  }

  @Override
  public HealthReport check() {
    return health.check();
  }

  @Override
  public Schema schema() {
    return new SqlSchema(config, dialect);
  }

  @Override
  public void close() {
    wakeUps.close();
    database.close();
  }
}
