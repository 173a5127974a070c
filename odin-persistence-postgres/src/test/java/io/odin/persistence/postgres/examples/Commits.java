package io.odin.persistence.postgres.examples;

import io.odin.persistence.error.PersistenceException;
import io.odin.persistence.error.Retry;
import io.odin.persistence.execution.CommitResult;
import io.odin.persistence.execution.ExecutionStore;
import io.odin.persistence.execution.WorkflowTransaction;
import io.odin.persistence.shard.ShardLease;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/** Sends transactions and retries by the outcome of the failure. Thread-safe. */
public final class Commits {

  private static final int MAXIMUM_SENDS = 6;

  private final ExecutionStore executions;

  /** Writes to a store. */
  public Commits(ExecutionStore executions) {
    this.executions = executions;
  }

  // example: commits
  /** Loads the current state and decides what to write. */
  @FunctionalInterface
  public interface Plan {
    /** The transaction under this lease; empty if there is nothing left to do. */
    Optional<WorkflowTransaction> under(ShardLease shard);
  }

  /** Plans and commits, and does so again after a conflict; empty if there was nothing to do. */
  public Optional<CommitResult> send(ShardLease shard, Plan plan) {
    while (true) {
      Optional<WorkflowTransaction> transaction = plan.under(shard);
      if (transaction.isEmpty()) {
        return Optional.empty();
      }
      try {
        return Optional.of(settle(transaction.get()));
      } catch (PersistenceException e) {
        if (e.retry() != Retry.AFTER_RELOAD) {
          throw e;
        }
        // Another commit came first, or a signal arrived: load the run and decide again.
      }
    }
  }

  /** Sends one transaction, unchanged, until it is applied or refused. */
  private CommitResult settle(WorkflowTransaction transaction) {
    for (int sends = 1; ; sends++) {
      try {
        return executions.commit(transaction);
      } catch (PersistenceException e) {
        if (e.retry() != Retry.SAME_REQUEST || sends == MAXIMUM_SENDS) {
          throw e;
        }
        // The database was unavailable, or the reply was lost. The commit id makes it safe.
        pause(sends);
      }
    }
  }

  /** Waits up to 100 ms, then twice as long each time, with jitter. */
  private static void pause(int sends) {
    long longest = Duration.ofMillis(50).toNanos() << sends;
    LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(longest / 2, longest));
  }
  // end of commits
}
