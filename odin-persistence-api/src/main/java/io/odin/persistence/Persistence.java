package io.odin.persistence;

import io.odin.persistence.execution.ExecutionStore;
import io.odin.persistence.health.HealthReport;
import io.odin.persistence.history.HistoryStore;
import io.odin.persistence.internal.Require;
import io.odin.persistence.namespace.NamespaceStore;
import io.odin.persistence.query.QueryResultStore;
import io.odin.persistence.retention.RetentionStore;
import io.odin.persistence.schedule.ScheduleStore;
import io.odin.persistence.schema.Schema;
import io.odin.persistence.shard.ShardStore;
import io.odin.persistence.signal.SignalStore;
import io.odin.persistence.spi.Providers;
import io.odin.persistence.task.TaskQueueStore;
import io.odin.persistence.timer.TimerStore;
import io.odin.persistence.value.Capability;
import io.odin.persistence.visibility.VisibilityStore;
import java.util.Set;

/**
 * The stores of one database. Thread-safe; open one for each database and keep it. After {@link
 * #close()} every method but close throws {@link
 * io.odin.persistence.error.PersistenceClosedException}.
 */
public interface Persistence extends AutoCloseable {

  /**
   * Finds the backend by its name, or by the JDBC URL, and connects.
   *
   * @throws io.odin.persistence.error.InvalidRequestException listing the backends found, if none
   *     fits
   * @throws io.odin.persistence.error.UnsupportedCapabilityException if the configuration asks for
   *     what the backend does not have
   * @throws io.odin.persistence.error.UnavailableException if the database cannot be reached
   * @throws io.odin.persistence.error.SchemaMismatchException if the schema is missing, older or
   *     newer, or the shard count differs
   * @throws io.odin.persistence.error.BackendFailureException if the login is refused, or the
   *     server is not supported
   */
  static Persistence open(PersistenceConfig config) {
    return Providers.find(Require.nonNull("config", config)).open(config);
  }

  /**
   * The schema of a database that cannot be opened yet, because it has none or an old one.
   *
   * @throws io.odin.persistence.error.InvalidRequestException listing the backends found, if none
   *     fits
   */
  static Schema schemaOf(PersistenceConfig config) {
    return Providers.find(Require.nonNull("config", config)).schema(config);
  }

  /** The name of the backend. */
  String backend();

  /** The optional features that the backend has. */
  Set<Capability> capabilities();

  /** The sizes that are checked before any SQL. */
  Limits limits();

  /** The number of shards. */
  int shardCount();

  /** Namespaces: the tenants. */
  NamespaceStore namespaces();

  /** Shards, their owners and leases. */
  ShardStore shards();

  /** Runs, and atomic commits. */
  ExecutionStore executions();

  /** The events of runs. */
  HistoryStore history();

  /** Task queues for workers. */
  TaskQueueStore taskQueues();

  /** Timers of runs. */
  TimerStore timers();

  /** Signals to runs. */
  SignalStore signals();

  /** Queries to runs, and their answers. */
  QueryResultStore queryResults();

  /** Search records, tags and search attributes of runs. */
  VisibilityStore visibility();

  /** Schedules, which start workflows by cron expression or interval. */
  ScheduleStore schedules();

  /** Archival and deletion of closed runs. */
  RetentionStore retention();

  /**
   * Checks connectivity, write access, schema version, shard count, session settings and clock
   * offset; with {@link TaskWakeUps#ACROSS_PROCESSES} also whether messages arrive. Stores nothing.
   * A check that fails is a finding of the report, never an exception.
   *
   * @throws io.odin.persistence.error.PersistenceClosedException after {@link #close()}
   */
  HealthReport check();

  /** The schema of the database. */
  Schema schema();

  /**
   * Closes the connections. Operations in flight may fail, and waits for tasks end with {@link
   * io.odin.persistence.error.PersistenceClosedException}; closing again has no effect.
   */
  @Override
  void close();
}
