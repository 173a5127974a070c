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
    ShardSql shardSql = new ShardSql(dialect);
    ShardFence fence = new ShardFence(shardSql, config.shardCount());
    ExecutionSql executionSql = new ExecutionSql(dialect);
    CurrentRunSql currentRunSql = new CurrentRunSql(dialect);
    RunCommit runCommit = new RunCommit(executionSql, currentRunSql);
    TaskSql taskSql = new TaskSql(dialect);
    TaskEnqueue enqueue = new TaskEnqueue(database, taskSql, limits);
    TaskLeases leases = new TaskLeases(taskSql);
    HistorySql historySql = new HistorySql(dialect);
    HistoryCommit historyCommit = new HistoryCommit(historySql);
    TimerSql timerSql = new TimerSql(dialect);
    TimerCommit timerCommit = new TimerCommit(timerSql);
    SignalSql signalSql = new SignalSql(dialect);
    QueryResultSql querySql = new QueryResultSql(dialect);
    QueryCommit queryCommit = new QueryCommit(querySql);
    VisibilitySql visibilitySql = new VisibilitySql(dialect);
    VisibilityCommit visibilityCommit = new VisibilityCommit(visibilitySql);
    AttributeRegistry attributes = new AttributeRegistry(database, visibilitySql);
    VisibilityCheck visibilityCheck = new VisibilityCheck(limits, attributes);
    ScheduleSql scheduleSql = new ScheduleSql(dialect);
    ScheduleHistorySql scheduleHistorySql = new ScheduleHistorySql(dialect);
    ScheduleCommit scheduleCommit = new ScheduleCommit(scheduleSql, scheduleHistorySql);
    RetentionSql retentionSql = new RetentionSql(dialect);
    RunDeletion deletion =
        new RunDeletion(executionSql, currentRunSql, retentionSql, fence, visibilityCommit);
    CommitSql commitSql = new CommitSql(dialect);
    CommitCheck check = new CommitCheck(limits, visibilityCheck, fence);
    CommitPlanner planner =
        new CommitPlanner(
            dialect,
            commitSql,
            fence,
            runCommit,
            historyCommit,
            timerCommit,
            enqueue,
            leases,
            new SignalCommit(signalSql),
            queryCommit,
            visibilityCommit,
            scheduleCommit);
    SqlCommit commit =
        new SqlCommit(
            database,
            executionSql,
            currentRunSql,
            commitSql,
            planner,
            enqueue,
            check,
            visibilityCommit);
    RunImporter importer =
        new RunImporter(
            database, fence, runCommit, historyCommit, timerCommit, check, visibilityCommit);
    namespaces = new SqlNamespaceStore(database, limits);
    shards = new SqlShardStore(database, shardSql, config.shardCount());
    executions =
        new SqlExecutionStore(
            database,
            executionSql,
            currentRunSql,
            commitSql,
            timerCommit,
            signalSql,
            deletion,
            commit,
            fence,
            config.shardCount());
    history = new SqlHistoryStore(database, historySql, importer::importRun);
    taskQueues = new SqlTaskQueueStore(database, taskSql, enqueue, leases);
    timers = new SqlTimerStore(database, timerSql);
    signals = new SqlSignalStore(database, executionSql, currentRunSql, signalSql, limits);
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
            new RunArchiving(database, executionSql, retentionSql, fence, history),
            deletion,
            fence,
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
