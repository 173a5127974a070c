package io.odin.persistence.tck.database;

import io.odin.persistence.PersistenceConfig;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.retention.RunPart;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.schedule.ScheduleKey;
import io.odin.persistence.task.TaskQueue;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * A database of the tests, and the operations and faults by which scenarios bypass the stores.
 * Every backend's tests implement it; {@link JdbcTckDatabase} has the part that SQL databases
 * share. Thread-safe.
 */
public interface TckDatabase extends AutoCloseable {

  /** How to reach the database, as a user who may apply the schema. */
  PersistenceConfig config();

  /**
   * The number of rows of a namespace in each table that has a namespace, empty tables included. A
   * backend without tables counts each kind of record.
   */
  Map<String, Long> rowCounts(NamespaceId namespace);

  /** Deletes one event of a run, and no other row. */
  void deleteEvent(RunKey run, long eventId);

  /** Inserts a row of that part for a run that need not exist, and no other row. */
  void insertOrphan(RunPart part, RunKey run);

  /** Counts the rows of that part that each transaction deletes, from now until closed. */
  DeleteRecorder recordDeletes(CommitPart part);

  /** Moves the times of all tasks of a queue back, as if they had been enqueued earlier. */
  void ageTasks(TaskQueue queue, Duration by);

  /** Moves the creation and the next due time of a schedule back. */
  void ageSchedule(ScheduleKey schedule, Duration by);

  /** The current time of the database's clock, read from the database. */
  Instant now();

  /** Makes every write of that part fail, in the whole database, until closed. */
  Fault failWrites(CommitPart part, WriteFailure failure);

  /**
   * Makes the next writes of that part fail, and later ones succeed, until closed.
   *
   * @param times the number of writes that fail
   */
  Fault failWrites(CommitPart part, WriteFailure failure, int times);

  /** Makes every write of that part wait, in the whole database, until closed. */
  Fault stallWrites(CommitPart part);

  /** Makes every read of that part wait, in the whole database, until closed. */
  Fault stallReads(CommitPart part);

  /** Locks a run against writers, as another transaction would, until closed. */
  Fault holdRun(RunKey run);

  /** The number of sessions that wait for a lock at this moment. */
  int waitingForLocks();

  /** Closes every connection of the stores; new ones are accepted. */
  void killConnections();

  /** The number of sessions of the database, except the one that counts them. */
  int sessions();

  /** Closes every connection and accepts no new ones until closed. */
  Fault outage();

  /** Sets the default isolation level of new sessions until closed. */
  Fault isolateByDefault(Isolation isolation);

  /** The address of the server. */
  InetSocketAddress address();

  /** The configuration for reaching the database through a proxy. */
  PersistenceConfig configAt(InetSocketAddress proxy);

  /**
   * A regular expression by which a client's request to commit is recognized on the wire, one
   * character for each byte.
   */
  String commitRequest();

  /**
   * The same for the request that makes a write of one statement durable: the statement itself, or
   * the commit.
   *
   * @param value a text among the values of the statement
   */
  String writeRequest(String value);

  /**
   * The same for a poll, which may consist of several statements.
   *
   * @param worker the worker that polls
   */
  String pollRequest(String worker);

  /**
   * The functions for SQL clients.
   *
   * @throws io.odin.persistence.error.UnsupportedCapabilityException if the database has none
   */
  SqlFunctions sqlFunctions();

  /** Removes the database. */
  @Override
  void close();
}
