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
   * @throws io.odin.persistence.error.UnavailableException if the database cannot be reached
   * @throws io.odin.persistence.error.SchemaMismatchException if the schema is missing, older or
   *     newer, or the shard count differs
   * @throws io.odin.persistence.error.BackendFailureException if the login is refused, or the
   *     server is not one it works with
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

  /** What the backend can do beyond what every backend does. */
  Set<Capability> capabilities();

  /** The sizes that are checked before any SQL. */
  Limits limits();

  /** How many shards there are. */
  int shardCount();

  /** The tenants. */
  NamespaceStore namespaces();

  /** Who owns which shard. */
  ShardStore shards();

  /** Runs, and the one way to write across stores. */
  ExecutionStore executions();

  /** The events of runs. */
  HistoryStore history();

  /** Work for workers. */
  TaskQueueStore taskQueues();

  /** What runs want to be woken for. */
  TimerStore timers();

  /** What the outside tells runs. */
  SignalStore signals();

  /** What the outside asks runs, and their answers. */
  QueryResultStore queryResults();

  /** What people find runs by. */
  VisibilityStore visibility();

  /** Workflows to be started by the clock. */
  ScheduleStore schedules();

  /** What deletes runs when their time is over. */
  RetentionStore retention();

  /**
   * Looks whether the database is fit for work: connectivity, write-ability, schema version, shard
   * count, session settings, clock offset. Writes nothing that stays, and throws nothing but
   * PersistenceClosedException: what fails is a finding.
   */
  HealthReport check();

  /** The schema of the database. */
  Schema schema();

  /** Closes the connections. Operations in flight may fail; closing again does nothing. */
  @Override
  void close();
}
