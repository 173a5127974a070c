package io.odin.persistence.sql.shard;

import io.odin.persistence.error.InvalidRequestException;
import io.odin.persistence.error.ShardOwnershipLostException;
import io.odin.persistence.execution.RunKey;
import io.odin.persistence.internal.Require;
import io.odin.persistence.shard.ShardHash;
import io.odin.persistence.shard.ShardLease;
import io.odin.persistence.sql.database.ExpectedStep;
import io.odin.persistence.sql.database.ExpectedStep.Conflict;
import io.odin.persistence.sql.database.ExpectedStep.Precedence;
import io.odin.persistence.sql.database.Session;
import io.odin.persistence.sql.statement.Binds;
import io.odin.persistence.sql.statement.Step;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Lets a transaction write to a shard only under its lease. Thread-safe. */
public final class ShardFence {

  private final ShardSql sql;
  private final int shardCount;

  ShardFence(ShardSql sql, int shardCount) {
    this.sql = sql;
    this.shardCount = shardCount;
  }

  /** The first step of every transaction under a lease: locks the fence if the lease holds. */
  public ExpectedStep step(ShardLease lease) {
    Binds binds = Binds.of("shard_id", lease.shardId()).and("fence_token", lease.fenceToken());
    return new ExpectedStep(
        Step.query(sql.fence, binds, row -> row.integer("shard_id")),
        1,
        session -> Conflict.of(Precedence.SHARD, lost(session, lease)));
  }

  private ShardOwnershipLostException lost(Session session, ShardLease lease) throws SQLException {
    return session
        .first(
            sql.fenceState,
            Binds.of("shard_id", lease.shardId()),
            row ->
                new ShardOwnershipLostException(
                    lease.shardId(),
                    lease.fenceToken(),
                    row.number("fence_token"),
                    row.optionalText("owner_identity").orElse(null)))
        .orElseThrow(
            () ->
                new InvalidRequestException(
                    "shard", "is " + lease.shardId() + ": there is no such shard"));
  }

  /**
   * Runs steps behind the fence.
   *
   * @return the result of the fence, then those of the steps
   * @throws ShardOwnershipLostException if the lease does not hold
   */
  public List<Step.Result> run(Session session, ShardLease lease, List<Step> more)
      throws SQLException {
    ExpectedStep fence = step(lease);
    List<Step> all = new ArrayList<>();
    all.add(fence.step());
    all.addAll(more);
    List<Step.Result> results = session.run(all);
    if (fence.isMissed(results.getFirst())) {
      throw fence.diagnosis().find(session).orElseThrow().exception();
    }
    return results;
  }

  /**
   * Refuses a lease of another shard than the run's.
   *
   * @throws InvalidRequestException if it is of another shard
   */
  public void requireShardOf(RunKey run, ShardLease lease) {
    int expected = ShardHash.shardOf(run.workflowId(), shardCount);
    Require.that(
        expected == lease.shardId(),
        "shard",
        () ->
            "is "
                + lease.shardId()
                + ", but workflow "
                + run.workflowId()
                + " belongs to shard "
                + expected
                + ": write under the lease of that shard");
  }
}
