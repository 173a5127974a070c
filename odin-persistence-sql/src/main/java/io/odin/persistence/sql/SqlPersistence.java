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
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The stores of an SQL database. Thread-safe. */
final class SqlPersistence implements Persistence {

  static final Set<Capability> CAPABILITIES = Set.copyOf(EnumSet.allOf(Capability.class));

  private final PersistenceConfig config;
  private final Dialect dialect;
  private final Database database;
  private final Statements statements;
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

  SqlPersistence(PersistenceConfig config, Dialect dialect, TaskStatements taskStatements) {
    this(config, dialect, taskStatements, new Database(config, dialect));
  }

  SqlPersistence(
      PersistenceConfig config, Dialect dialect, TaskStatements taskStatements, Database database) {
    this.config = config;
    this.dialect = dialect;
    this.database = database;
    statements = new Statements(dialect);
    taskStatements.all().forEach(statements::add);
    Limits limits = config.limits();
    ShardSql shardSql = new ShardSql(statements);
    ShardFence fence = new ShardFence(shardSql, config.shardCount());
    ExecutionSql executionSql = new ExecutionSql(statements);
    CurrentRunSql currentRunSql = new CurrentRunSql(statements);
    RunCommit runCommit = new RunCommit(executionSql, currentRunSql);
    TaskSql taskSql = new TaskSql(statements);
    TaskEnqueue enqueue = new TaskEnqueue(new TaskIds(database, taskStatements), taskSql, limits);
    TaskLeases leases = new TaskLeases(taskSql);
    HistorySql historySql = new HistorySql(statements);
    HistoryCommit historyCommit = new HistoryCommit(historySql);
    TimerSql timerSql = new TimerSql(statements);
    TimerCommit timerCommit = new TimerCommit(timerSql);
    SignalSql signalSql = new SignalSql(statements);
    QueryResultSql querySql = new QueryResultSql(statements);
    QueryCommit queryCommit = new QueryCommit(querySql);
    VisibilitySql visibilitySql = new VisibilitySql(statements);
    VisibilityCommit visibilityCommit = new VisibilityCommit(visibilitySql);
    AttributeRegistry attributes = new AttributeRegistry(database, visibilitySql);
    VisibilityCheck visibilityCheck = new VisibilityCheck(limits, attributes);
    ScheduleSql scheduleSql = new ScheduleSql(statements);
    ScheduleHistorySql scheduleHistorySql = new ScheduleHistorySql(statements);
    ScheduleCommit scheduleCommit = new ScheduleCommit(scheduleSql, scheduleHistorySql);
    RetentionSql retentionSql = new RetentionSql(statements);
    RunDeletion deletion =
        new RunDeletion(executionSql, currentRunSql, retentionSql, fence, visibilityCommit);
    CommitSql commitSql = new CommitSql(statements);
    CommitCheck check = new CommitCheck(limits, visibilityCheck, fence);
    CommitPlanner planner =
        new CommitPlanner(
            commitSql,
            fence,
            runCommit,
            historyCommit,
            timerCommit,
            taskStatements,
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
    namespaces = new SqlNamespaceStore(database, new NamespaceSql(statements), limits);
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
    taskQueues =
        new SqlTaskQueueStore(
            database,
            taskSql,
            taskStatements,
            enqueue,
            leases,
            new DeadLetters(database, new DeadLetterSql(statements)));
    timers = new SqlTimerStore(database, timerSql);
    signals = new SqlSignalStore(database, executionSql, currentRunSql, signalSql, limits);
    queryResults = new SqlQueryResultStore(database, executionSql, querySql, queryCommit, limits);
    visibility =
        new SqlVisibilityStore(
            database,
            visibilitySql,
            visibilityCommit,
            visibilityCheck,
            attributes,
            new VisibilitySearch(database, statements.renderer(), attributes));
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
    health = new SqlHealth(database, new HealthSql(statements), config, schema());
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
    return CAPABILITIES;
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
