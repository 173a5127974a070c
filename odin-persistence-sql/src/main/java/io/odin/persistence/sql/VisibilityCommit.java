package io.odin.persistence.sql;

import io.odin.persistence.execution.CreateRun;
import io.odin.persistence.execution.RunChange;
import io.odin.persistence.execution.RunKey;
import io.odin.persistence.visibility.Tags;
import io.odin.persistence.visibility.VisibilityRecord;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a commit writes for people to find runs. Thread-safe. */
final class VisibilityCommit {

  private final VisibilitySql sql;

  VisibilityCommit(VisibilitySql sql) {
    this.sql = sql;
  }

  /** The record and the tags of a changed run, as far as the change says anything of them. */
  List<CommitStep> steps(RunChange change) {
    List<CommitStep> steps = new ArrayList<>();
    change.visibility().ifPresent(record -> steps.add(upsert(record, change.versionAfter())));
    change.tags().ifPresent(tags -> addTags(steps, change, tags));
    return steps;
  }

  /** The record of a run that another start takes the place of, if it has one. */
  Optional<CommitStep> terminated(Termination end) {
    return end.shown().map(record -> upsert(record, end.version()));
  }

  /** The same of a run that is imported, of which a record comes back even if it was deleted. */
  List<CommitStep> imported(CreateRun run) {
    List<CommitStep> steps = new ArrayList<>();
    steps.add(CommitStep.unchecked(Step.change(sql.forget, ExecutionRows.run(run.key()))));
    steps.addAll(steps(run));
    return steps;
  }

  private CommitStep upsert(VisibilityRecord record, long version) {
    // A newer record, or a tombstone, stays: that is no reason to fail.
    return CommitStep.unchecked(Step.change(sql.upsert, VisibilityRows.record(record, version)));
  }

  private void addTags(List<CommitStep> steps, RunChange change, Tags tags) {
    Binds run = ExecutionRows.run(change.key());
    if (change.visibility().isEmpty()) {
      // Tags are written under the lock of the record, if there is one.
      steps.add(CommitStep.unchecked(Step.query(sql.lock, run, row -> row.uuid("run_id"))));
    }
    replaceTags(change.key(), tags).stream().map(CommitStep::unchecked).forEach(steps::add);
  }

  /** Puts these tags in the place of all others of a run. */
  List<Step> replaceTags(RunKey run, Tags tags) {
    List<Step> steps = new ArrayList<>();
    steps.add(Step.change(sql.deleteTags, ExecutionRows.run(run)));
    if (!tags.values().isEmpty()) {
      steps.add(Step.change(sql.insertTags, VisibilityRows.tags(run, tags)));
    }
    return steps;
  }

  /** The record of a run; empty if it has none. */
  Optional<VisibilityRecord> find(Session session, RunKey run) throws SQLException {
    return session.first(sql.find, ExecutionRows.run(run), VisibilityRows::record);
  }

  /**
   * Removes the record of a run that is deleted; no later write can be newer. The tags go with the
   * other parts of the run.
   */
  Step delete(RunKey run) {
    return Step.change(sql.delete, ExecutionRows.run(run).and("version", Long.MAX_VALUE));
  }
}
