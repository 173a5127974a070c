package io.odin.persistence.execution;

import io.odin.persistence.internal.Require;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.run.RunSummary;
import java.util.List;
import java.util.Optional;

/**
 * The result of a commit. The same transaction sent again has the same result.
 *
 * <p>It does not name the tasks that the commit has enqueued: the ids that the store generates are
 * taken for each call and not recorded with the commit, so a call that finds the transaction
 * applied already does not know them. A task whose key is needed gets an id of the caller ({@link
 * io.odin.persistence.task.NewTask.Builder#taskId}), which is the same each time.
 *
 * @param runs the changed runs with their new versions, in the order of the changes; empty if
 *     nothing was written
 * @param existing the run that a start by policy returns instead of starting a new one; empty
 *     otherwise
 */
public record CommitResult(List<RunVersion> runs, Optional<RunSummary> existing) {

  /** Copies the runs. */
  public CommitResult {
    runs = List.copyOf(Require.nonNull("runs", runs));
    Require.nonNull("existing", existing);
  }

  /**
   * A run at a version.
   *
   * @param key the run
   * @param version its version after the commit
   */
  public record RunVersion(RunKey key, long version) {}

  /** The result of a transaction that was applied. */
  public static CommitResult applied(WorkflowTransaction transaction) {
    return new CommitResult(
        transaction.changes().stream()
            .map(change -> new RunVersion(change.key(), change.versionAfter()))
            .toList(),
        Optional.empty());
  }

  /** The result of a start that found a run and wrote nothing. */
  public static CommitResult existing(RunSummary run) {
    return new CommitResult(List.of(), Optional.of(run));
  }

  /** Whether the transaction was applied, now or when it was sent before. */
  public boolean isApplied() {
    return existing.isEmpty();
  }
}
