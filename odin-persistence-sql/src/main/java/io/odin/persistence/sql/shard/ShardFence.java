package io.odin.persistence.sql.shard;

import static io.odin.persistence.sql.shard.HistoryShardsTable.FENCE_TOKEN;
import static io.odin.persistence.sql.shard.HistoryShardsTable.OWNER_IDENTITY;
import static io.odin.persistence.sql.shard.HistoryShardsTable.SHARD_ID;
import static io.odin.persistence.sql.statement.RunColumns.NAMESPACE_ID;

import io.odin.persistence.error.InvalidRequestException;
import io.odin.persistence.error.ShardOwnershipLostException;
import io.odin.persistence.internal.Require;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.shard.ShardHash;
import io.odin.persistence.shard.ShardLease;
import io.odin.persistence.sql.database.ExpectedStep;
import io.odin.persistence.sql.database.ExpectedStep.Conflict;
import io.odin.persistence.sql.database.ExpectedStep.Precedence;
import io.odin.persistence.sql.database.Session;
import io.odin.persistence.sql.namespace.LiveNamespaces;
import io.odin.persistence.sql.statement.Binds;
import io.odin.persistence.sql.statement.Step;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
    Binds binds = Binds.of(SHARD_ID, lease.shardId()).and(FENCE_TOKEN, lease.fenceToken());
    return new ExpectedStep(
        Step.query(sql.fence, binds, row -> row.get(SHARD_ID)),
        1,
        session -> Conflict.of(Precedence.SHARD, lost(session, lease)));
  }

  /**
   * The first step of every transaction under a lease that may create something: locks the fence if
   * the lease holds and the namespace is live.
   */
  public ExpectedStep step(ShardLease lease, NamespaceId namespace) {
    Binds binds =
        Binds.of(SHARD_ID, lease.shardId())
            .and(FENCE_TOKEN, lease.fenceToken())
            .and(NAMESPACE_ID, namespace.value());
    return new ExpectedStep(
        Step.query(sql.fenceInNamespace, binds, row -> row.get(SHARD_ID)),
        1,
        session -> refusal(session, lease, namespace));
  }

  private Optional<Conflict> refusal(Session session, ShardLease lease, NamespaceId namespace)
      throws SQLException {
    ExpectedStep fence = step(lease);
    return fence.isMissed(session.run(fence.step()))
        ? fence.diagnosis().find(session)
        : Conflict.of(Precedence.NAMESPACE, LiveNamespaces.missing(namespace));
  }

  private ShardOwnershipLostException lost(Session session, ShardLease lease) throws SQLException {
    return session
        .first(
            sql.fenceState,
            Binds.of(SHARD_ID, lease.shardId()),
            row ->
                new ShardOwnershipLostException(
                    lease.shardId(),
                    lease.fenceToken(),
                    row.get(FENCE_TOKEN),
                    row.optional(OWNER_IDENTITY).orElse(null)))
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
