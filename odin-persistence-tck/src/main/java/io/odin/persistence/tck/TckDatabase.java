package io.odin.persistence.tck;

import io.odin.persistence.PersistenceConfig;
import io.odin.persistence.execution.RunKey;
import io.odin.persistence.namespace.NamespaceId;
import java.util.Map;

/**
 * A database of its own, and what a scenario does to it behind the store's back. Every backend's
 * tests implement it; {@link JdbcTckDatabase} holds what SQL databases share. Thread-safe.
 */
public interface TckDatabase extends AutoCloseable {

  /** How to reach the database, as a user who may apply the schema. */
  PersistenceConfig config();

  /**
   * How many rows of a namespace each table holds, for all tables that belong to a namespace, empty
   * ones too. A backend without tables counts per kind of record.
   */
  Map<String, Long> rowCounts(NamespaceId namespace);

  /** Deletes one event of a run, and nothing else. */
  void loseEvent(RunKey run, long eventId);

  /** Lets every write of that part fail, in the whole database, until closed. */
  Disturbance failWrites(CommitPart part, WriteFailure failure);

  /** Locks a run against writers, as another transaction would, until closed. */
  Disturbance holdRun(RunKey run);

  /** How many sessions wait for a lock at this moment. */
  int waitingForLocks();

  /** Cuts every connection that a store holds; new ones are accepted. */
  void killConnections();

  /** How many sessions the server counts for the database, the one that asks excepted. */
  int sessions();

  /** Cuts every connection and accepts no new ones until closed. */
  Disturbance outage();

  /** Removes the database. */
  @Override
  void close();
}
