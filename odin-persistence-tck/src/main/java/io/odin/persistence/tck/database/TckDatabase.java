package io.odin.persistence.tck.database;

import io.odin.persistence.PersistenceConfig;
import io.odin.persistence.execution.RunKey;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.retention.RunPart;
import io.odin.persistence.schedule.ScheduleKey;
import io.odin.persistence.task.TaskQueue;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
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
  void deleteEvent(RunKey run, long eventId);

  /** Writes something of a run, whether the run exists or not, and nothing else. */
  void insertOrphan(RunPart part, RunKey run);

  /** Watches how many rows of that part each transaction deletes, from now until closed. */
  DeleteRecorder recordDeletes(CommitPart part);

  /** Makes all tasks of a queue as old as if they had been enqueued so much earlier. */
  void ageTasks(TaskQueue queue, Duration by);

  /** Makes a schedule, and what it is due for next, so much older. */
  void ageSchedule(ScheduleKey schedule, Duration by);

  /** Now, by the database's clock, asked of the database itself. */
  Instant now();

  /** Lets every write of that part fail, in the whole database, until closed. */
  Fault failWrites(CommitPart part, WriteFailure failure);

  /**
   * Lets the next writes of that part fail, and the ones after them succeed, until closed.
   *
   * @param times how many writes fail
   */
  Fault failWrites(CommitPart part, WriteFailure failure, int times);

  /** Lets every write of that part wait, in the whole database, until closed. */
  Fault stallWrites(CommitPart part);

  /** Locks a run against writers, as another transaction would, until closed. */
  Fault holdRun(RunKey run);

  /** How many sessions wait for a lock at this moment. */
  int waitingForLocks();

  /** Cuts every connection that a store holds; new ones are accepted. */
  void killConnections();

  /** How many sessions the server counts for the database, the one that asks excepted. */
  int sessions();

  /** Cuts every connection and accepts no new ones until closed. */
  Fault outage();

  /** Gives new sessions an isolation level that is not the server's usual one, until closed. */
  Fault isolateByDefault(Isolation isolation);

  /** Where the server listens. */
  InetSocketAddress address();

  /** The configuration for reaching the database at another address, where a proxy listens. */
  PersistenceConfig configAt(InetSocketAddress proxy);

  /** What a client's request to commit holds on the wire, each byte as a character. */
  String commitRequest();

  /**
   * What that request of a write made of one statement holds on the wire which makes it last, each
   * byte as a character: the statement, or what commits it.
   *
   * @param value a text that the statement carries
   */
  String writeRequest(String value);

  /**
   * The same of a poll, which need not be one statement.
   *
   * @param worker who polls
   */
  String pollRequest(String worker);

  /**
   * The functions for those who speak SQL.
   *
   * @throws io.odin.persistence.error.UnsupportedCapabilityException if the database has none
   */
  SqlFunctions sqlFunctions();

  /** Removes the database. */
  @Override
  void close();
}
