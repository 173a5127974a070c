package io.odin.persistence.sql;

import io.odin.persistence.Capability;
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
import io.odin.persistence.task.TaskQueueStore;
import io.odin.persistence.timer.TimerStore;
import io.odin.persistence.visibility.VisibilityStore;
import java.util.Set;

/** The stores of an SQL database. Thread-safe. */
final class SqlPersistence implements Persistence {

  private final PersistenceConfig config;
  private final Dialect dialect;
  private final Set<Capability> capabilities;
  private final Database database;
  private final NamespaceStore namespaces;
  private final ShardStore shards;
  private final ExecutionStore executions;
  private final HistoryStore history;
  private final TaskQueueStore taskQueues;
  private final TimerStore timers;
  private final SignalStore signals;
  private final QueryResultStore queryResults;
  private final VisibilityStore visibility;
  private final ScheduleStore schedules;
  private final RetentionStore retention;
  private final SqlHealth health;

  SqlPersistence(PersistenceConfig config, Dialect dialect, Set<Capability> capabilities) {
    this.config = config;
    this.dialect = dialect;
    this.capabilities = Set.copyOf(capabilities);
    database = new Database(config, dialect);
    Limits limits = config.limits();
    TaskSql taskSql = new TaskSql(dialect);
    ExecutionSql executionSql = new ExecutionSql(dialect);
    CommitSql commitSql = new CommitSql(dialect);
    SignalSql signalSql = new SignalSql(dialect);
    QueryResultSql querySql = new QueryResultSql(dialect);
    QueryCommit queryCommit = new QueryCommit(querySql);
    TaskEnqueue enqueue = new TaskEnqueue(database, taskSql, limits);
    TaskLeases leases = new TaskLeases(taskSql);
    VisibilitySql visibilitySql = new VisibilitySql(dialect);
    VisibilityCommit visibilityCommit = new VisibilityCommit(visibilitySql);
    AttributeRegistry attributes = new AttributeRegistry(database, visibilitySql);
    VisibilityCheck visibilityCheck = new VisibilityCheck(limits, attributes);
    CommitCheck check = new CommitCheck(limits, visibilityCheck, config.shardCount());
    CommitSteps steps = new CommitSteps(executionSql, commitSql);
    ScheduleSql scheduleSql = new ScheduleSql(dialect);
    ScheduleHistorySql scheduleHistorySql = new ScheduleHistorySql(dialect);
    ScheduleCommit scheduleCommit = new ScheduleCommit(scheduleSql, scheduleHistorySql);
    CommitPlanner planner =
        new CommitPlanner(
            dialect,
            executionSql,
            commitSql,
            steps,
            enqueue,
            leases,
            new SignalCommit(signalSql),
            queryCommit,
            visibilityCommit,
            scheduleCommit);
    SqlCommit commit =
        new SqlCommit(database, executionSql, commitSql, planner, enqueue, check, visibilityCommit);
    RetentionSql retentionSql = new RetentionSql(dialect);
    RunDeletion deletion =
        new RunDeletion(executionSql, commitSql, retentionSql, steps, visibilityCommit);
    namespaces = new SqlNamespaceStore(database, limits);
    shards = new SqlShardStore(database, config.shardCount());
    executions =
        new SqlExecutionStore(
            database,
            executionSql,
            commitSql,
            signalSql,
            deletion,
            commit,
            check,
            config.shardCount());
    history =
        new SqlHistoryStore(
            database, new RunImporter(database, steps, check, visibilityCommit)::importRun);
    taskQueues = new SqlTaskQueueStore(database, taskSql, enqueue, leases);
    timers = new SqlTimerStore(database);
    signals = new SqlSignalStore(database, executionSql, signalSql, limits);
    queryResults = new SqlQueryResultStore(database, executionSql, querySql, queryCommit, limits);
    visibility =
        new SqlVisibilityStore(
            database, visibilitySql, visibilityCommit, visibilityCheck, attributes);
    schedules =
        new SqlScheduleStore(database, limits, scheduleSql, scheduleHistorySql, scheduleCommit);
    retention =
        new SqlRetentionStore(
            database,
            retentionSql,
            new RunArchiving(database, executionSql, retentionSql, steps, history),
            deletion,
            check,
            config.shardCount());
    health = new SqlHealth(database, config, schema());
  }

  @Override
  public String backend() {
    return dialect.name();
  }

  @Override
  public Set<Capability> capabilities() {
    return capabilities;
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
    return namespaces;
  }

  @Override
  public ShardStore shards() {
    return shards;
  }

  @Override
  public ExecutionStore executions() {
    return executions;
  }

  @Override
  public HistoryStore history() {
    return history;
  }

  @Override
  public TaskQueueStore taskQueues() {
    return taskQueues;
  }

  @Override
  public TimerStore timers() {
    return timers;
  }

  @Override
  public SignalStore signals() {
    return signals;
  }

  @Override
  public QueryResultStore queryResults() {
    return queryResults;
  }

  @Override
  public VisibilityStore visibility() {
    return visibility;
  }

  @Override
  public ScheduleStore schedules() {
    return schedules;
  }

  @Override
  public RetentionStore retention() {
    return retention;
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
    database.close();
  }
}
