package io.odin.persistence.cli.demo.engine;

import io.odin.persistence.cli.demo.engine.Tally.Count;
import io.odin.persistence.error.CurrentRunConflictException;
import io.odin.persistence.error.HistoryConflictException;
import io.odin.persistence.error.PersistenceException;
import io.odin.persistence.error.Retry;
import io.odin.persistence.error.ShardOwnershipLostException;
import io.odin.persistence.error.SignalConflictException;
import io.odin.persistence.error.VersionConflictException;
import io.odin.persistence.execution.CommitResult;
import io.odin.persistence.execution.ExecutionStore;
import io.odin.persistence.execution.RunKey;
import io.odin.persistence.execution.RunSummary;
import io.odin.persistence.execution.WorkflowTransaction;
import io.odin.persistence.shard.ShardLease;
import java.util.Optional;

/**
 * Sends transactions, and does what the contract of {@code commit} asks of a caller: decides again
 * after a lost race, waits for the shard's new lease after the fence, sends the same again while
 * the outcome is open.
 */
public final class Commits {

  private static final int MOST_ROUNDS = 1000;
  private static final int MOST_SENDS = 5;
  private static final int REPEAT_EVERY = 40;

  private final ExecutionStore executions;
  private final ShardDirectory shards;
  private final Tally tally;

  Commits(ExecutionStore executions, ShardDirectory shards, Tally tally) {
    this.executions = executions;
    this.shards = shards;
    this.tally = tally;
  }

  /**
   * A transaction, and what is to be done in memory once it is applied.
   *
   * @param transaction what is written
   * @param applied called once after it was written; not called if it was not
   */
  public record Step(WorkflowTransaction transaction, Runnable applied) {}

  /** Loads the present state and decides what to write; called again after each lost race. */
  @FunctionalInterface
  public interface Plan {
    /** What to write under that lease; empty if there is nothing to be done any more. */
    Optional<Step> under(ShardLease shard);
  }

  /** What the commit came to; empty if there was nothing to be done any more. */
  public Optional<CommitResult> send(String workflowId, Plan plan) {
    ShardLease shard = shards.lease(shards.shardOf(workflowId));
    for (int round = 0; round < MOST_ROUNDS; round++) {
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
        tally.add(Count.COMMITS_FENCED);
        shard = shards.awaitSuccessor(shard);
      } catch (VersionConflictException
          | CurrentRunConflictException
          | HistoryConflictException
          | SignalConflictException e) {
        tally.add(Count.COMMITS_RELOADED);
      }
    }
    throw new IllegalStateException(
        "workflow " + workflowId + ": no commit went through in " + MOST_ROUNDS + " rounds");
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
        if (e.retry() != Retry.SAME_REQUEST || send == MOST_SENDS) {
          throw e;
        }
      }
    }
  }

  /** As a caller does whose network swallowed the answer: the same again must change nothing. */
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
      tally.add(Count.COMMITS_REPEATED);
    } catch (ShardOwnershipLostException e) {
      // The shard changed hands in between, and the fence comes before all else.
      tally.add(Count.COMMITS_FENCED);
    }
  }

  /** The run that a start found: it has written nothing then, and the run may have gone on. */
  private static Optional<RunKey> found(CommitResult result) {
    return result.existing().map(RunSummary::key);
  }
}
