package io.odin.persistence.cli.demo.engine;

import io.odin.persistence.cli.demo.engine.Counters.Count;
import io.odin.persistence.error.CurrentRunConflictException;
import io.odin.persistence.error.HistoryConflictException;
import io.odin.persistence.error.PersistenceException;
import io.odin.persistence.error.Retry;
import io.odin.persistence.error.ShardOwnershipLostException;
import io.odin.persistence.error.SignalConflictException;
import io.odin.persistence.error.VersionConflictException;
import io.odin.persistence.execution.CommitResult;
import io.odin.persistence.execution.ExecutionStore;
import io.odin.persistence.execution.WorkflowTransaction;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.run.RunSummary;
import io.odin.persistence.shard.ShardLease;
import java.util.Optional;

/**
 * Sends transactions, and does what the contract of {@code commit} asks of a caller: reloads and
 * decides again after a conflict, waits for the shard's new lease after a refusal by the fence,
 * sends the same request again while the outcome is unknown. Thread-safe.
 */
public final class Commits {

  private static final int MAX_ROUNDS = 1000;
  private static final int MAX_SENDS = 5;
  private static final int REPEAT_EVERY = 40;

  private final ExecutionStore executions;
  private final ShardDirectory shards;
  private final Counters counters;

  Commits(ExecutionStore executions, ShardDirectory shards, Counters counters) {
    this.executions = executions;
    this.shards = shards;
    this.counters = counters;
  }

  /**
   * A transaction, and what is to be done in memory once it is applied.
   *
   * @param transaction what is written
   * @param applied called once after it was written; not called if it was not
   */
  public record Step(WorkflowTransaction transaction, Runnable applied) {

    /** A transaction after which there is nothing to do. */
    static Step of(WorkflowTransaction transaction) {
      return new Step(transaction, () -> {});
    }
  }

  /** Loads the current state and decides what to write; called again after each conflict. */
  @FunctionalInterface
  public interface Plan {
    /** What to write with that lease; empty if there is nothing to do. */
    Optional<Step> under(ShardLease shard);
  }

  /**
   * Sends what the plan decides.
   *
   * @return the result; empty if there was nothing to do
   * @throws IllegalStateException if 1000 commits in a row met a conflict
   */
  public Optional<CommitResult> send(String workflowId, Plan plan) {
    ShardLease shard = shards.lease(shards.shardOf(workflowId));
    for (int round = 0; round < MAX_ROUNDS; round++) {
      Optional<Step> step = plan.under(shard);
      if (step.isEmpty()) {
        return Optional.empty();
      }
      try {
        CommitResult result = deliver(step.get().transaction());
        if (result.isApplied()) {
          step.get().applied().run();
        }
        return Optional.of(result);
      } catch (ShardOwnershipLostException e) {
        counters.add(Count.COMMITS_FENCED);
        shard = shards.awaitSuccessor(shard);
      } catch (VersionConflictException
          | CurrentRunConflictException
          | HistoryConflictException
          | SignalConflictException e) {
        counters.add(Count.COMMITS_RELOADED);
      }
    }
    throw new IllegalStateException(
        "workflow " + workflowId + ": all of " + MAX_ROUNDS + " commits met a conflict");
  }

  private CommitResult deliver(WorkflowTransaction transaction) {
    CommitResult result = sendUntilSettled(transaction);
    if (Math.floorMod(transaction.commitId().hashCode(), REPEAT_EVERY) == 0) {
      repeat(transaction, result);
    }
    return result;
  }

  private CommitResult sendUntilSettled(WorkflowTransaction transaction) {
    for (int send = 1; ; send++) {
      try {
        return executions.commit(transaction);
      } catch (PersistenceException e) {
        if (e.retry() != Retry.SAME_REQUEST || send == MAX_SENDS) {
          throw e;
        }
      }
    }
  }

  /**
   * Sends an applied commit again, as a caller does that has lost the reply: it must have no effect
   * and return the first result.
   */
  private void repeat(WorkflowTransaction transaction, CommitResult first) {
    try {
      CommitResult second = executions.commit(transaction);
      if (!second.runs().equals(first.runs()) || !found(second).equals(found(first))) {
        throw new IllegalStateException(
            "commit "
                + transaction.commitId()
                + " sent twice: first "
                + first
                + ", then "
                + second);
      }
      counters.add(Count.COMMITS_REPEATED);
    } catch (ShardOwnershipLostException e) {
      // The shard changed hands in between, and the fence comes before all else.
      counters.add(Count.COMMITS_FENCED);
    }
  }

  /** The run that a start found instead of writing one; its state may have changed since. */
  private static Optional<RunKey> found(CommitResult result) {
    return result.existing().map(RunSummary::key);
  }
}
