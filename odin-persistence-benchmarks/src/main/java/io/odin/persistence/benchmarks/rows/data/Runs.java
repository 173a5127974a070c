package io.odin.persistence.benchmarks.rows.data;

import io.odin.persistence.benchmarks.engine.Engine;
import io.odin.persistence.benchmarks.harness.Database;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.shard.ShardHash;
import io.odin.persistence.shard.ShardLease;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;

/**
 * Runs and the shards that they belong to. Each worker has its own runs, distinguished by a number.
 */
public final class Runs {

  /** How many runs a worker updates in turn. */
  static final int EACH_WORKER = 200;

  /** The one timer that each run has. */
  public static final String TIMER_ID = "timeout";

  private static final String OWNER = "bench";

  /** The token of every shard. */
  public static final long FENCE_TOKEN = 1;

  private static final Instant FAR = Instant.parse("9999-01-01T00:00:00Z");

  private Runs() {}

  /** Gives all shards to one owner who never loses them. */
  public static void ownShards(Database database) throws SQLException {
    database.execute(
        "UPDATE history_shards SET owner_identity = '%s', fence_token = %d, shard_owner_lease_expiry = %s"
            .formatted(OWNER, FENCE_TOKEN, database.engine().instant(FAR)),
        "UPDATE shard_fences SET fence_token = " + FENCE_TOKEN);
  }

  /** Makes open runs at version 1 without any event, each with a timer. */
  public static void make(Database database, int workers) throws SQLException {
    Engine engine = database.engine();
    database.execute(
        """
        INSERT INTO workflow_executions (namespace_id, workflow_id, run_id, workflow_type, task_queue,
                                         execution_state, memo, search_attributes, auto_reset_points,
                                         shard_id, started_at)
        SELECT %1$s, concat('order-', n), %2$s, 'order', '%3$s', '0', '{}', '{}', '{}',
               calculate_shard_id(concat('order-', n), %4$d), %6$s
          FROM %5$s
        """
            .formatted(
                Sample.namespace(database),
                engine.numberedUuid(id(0)),
                Sample.WORKFLOWS.name(),
                Database.SHARDS,
                engine.series(0, workers * (long) EACH_WORKER - 1),
                engine.instant(Findable.STARTED)),
        """
        INSERT INTO workflow_current_runs (namespace_id, workflow_id, run_id)
        SELECT namespace_id, workflow_id, run_id FROM workflow_executions
        """,
        """
        INSERT INTO workflow_timers (namespace_id, workflow_id, run_id, timer_id, fire_at, shard_id)
        SELECT namespace_id, workflow_id, run_id, '%s', CURRENT_TIMESTAMP + interval '1' day, shard_id
          FROM workflow_executions
        """
            .formatted(TIMER_ID));
    database.settle();
  }

  public static RunKey key(long number) {
    return new RunKey(Sample.NAMESPACE, "order-" + number, id(number));
  }

  private static UUID id(long number) {
    return new UUID(0x018f_0000_0000_7000L, 0x8000_0000_0000_0000L | number);
  }

  public static int shardOf(String workflowId) {
    return ShardHash.shardOf(workflowId, Database.SHARDS);
  }

  public static ShardLease lease(String workflowId) {
    return new ShardLease(shardOf(workflowId), OWNER, FENCE_TOKEN, FAR);
  }

  /** Where a worker is with its runs. Used by one thread. */
  public static final class Cursor {
    private final long first;
    private final long[] versions = new long[EACH_WORKER];
    private final long[] lastEvents = new long[EACH_WORKER];
    private int at = -1;
    private long firstEvent;

    public Cursor(int worker) {
      first = (long) worker * EACH_WORKER;
    }

    /** Selects the next run, to which the given number of events is added. */
    public void next(int events) {
      at = (at + 1) % EACH_WORKER;
      versions[at]++;
      lastEvents[at] += events;
      firstEvent = lastEvents[at] - events + 1;
    }

    public RunKey run() {
      return key(first + at);
    }

    /** The version that the run has now. */
    public long version() {
      return versions[at];
    }

    /** The id of the first event that is added. */
    public long firstEvent() {
      return firstEvent;
    }
  }
}
