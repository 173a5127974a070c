package io.odin.persistence.sql.visibility;

import static io.odin.persistence.sql.statement.RunColumns.RUN_ID;
import static io.odin.persistence.sql.visibility.VisibilityRecordsTable.CLOSE_TIME;
import static io.odin.persistence.sql.visibility.VisibilityRecordsTable.HISTORY_LENGTH;
import static io.odin.persistence.sql.visibility.VisibilityRecordsTable.VERSION;
import static io.odin.persistence.sql.visibility.VisibilityRecordsTable.WORKFLOW_STATE;

import io.odin.persistence.execution.CreateRun;
import io.odin.persistence.execution.RunChange;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.sql.database.ExpectedStep;
import io.odin.persistence.sql.database.Session;
import io.odin.persistence.sql.run.RunMapper;
import io.odin.persistence.sql.statement.Binds;
import io.odin.persistence.sql.statement.Step;
import io.odin.persistence.visibility.Tags;
import io.odin.persistence.visibility.VisibilityRecord;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a commit writes to visibility records and tags. Thread-safe. */
public final class VisibilityCommit {

  private final VisibilitySql sql;

  VisibilityCommit(VisibilitySql sql) {
    this.sql = sql;
  }

  /** The record and the tags of a changed run, as far as the change says anything of them. */
  public List<ExpectedStep> steps(RunChange change) {
    List<ExpectedStep> steps = new ArrayList<>();
    change
        .visibility()
        .map(record -> upsert(record, change.versionAfter()))
        .or(() -> close(change))
        .ifPresent(steps::add);
    change.tags().ifPresent(tags -> addTags(steps, change, tags));
    return steps;
  }

  /** The same of a run that is imported, of which a record comes back even if it was deleted. */
  public List<ExpectedStep> imported(CreateRun run) {
    List<ExpectedStep> steps = new ArrayList<>();
    steps.add(ExpectedStep.unchecked(Step.change(sql.discardTombstone, RunMapper.run(run.key()))));
    steps.addAll(steps(run));
    return steps;
  }

  /** Writes a record, unless the stored one is newer or was deleted. */
  public ExpectedStep upsert(VisibilityRecord record, long version) {
    return ExpectedStep.unchecked(
        Step.change(sql.upsert, VisibilityMapper.record(record, version)));
  }

  /** Closes the stored record with its run, if there is one. */
  private Optional<ExpectedStep> close(RunChange change) {
    return change
        .state()
        .completedAt()
        .map(
            end ->
                ExpectedStep.unchecked(
                    Step.change(
                        sql.close,
                        RunMapper.run(change.key())
                            .and(WORKFLOW_STATE, change.state().state().value())
                            .and(CLOSE_TIME, end)
                            .and(HISTORY_LENGTH, lastEvent(change))
                            .and(VERSION, change.versionAfter()))));
  }

  private static long lastEvent(RunChange change) {
    return change.history().isEmpty() ? 0 : change.history().getLast().eventId();
  }

  private void addTags(List<ExpectedStep> steps, RunChange change, Tags tags) {
    Binds run = RunMapper.run(change.key());
    if (change.visibility().isEmpty()) {
      // Tags are written under the lock of the record, if there is one.
      steps.add(ExpectedStep.unchecked(Step.query(sql.lock, run, row -> row.get(RUN_ID))));
    }
    replaceTags(change.key(), tags).stream().map(ExpectedStep::unchecked).forEach(steps::add);
  }

  /** Puts these tags in the place of all others of a run. */
  List<Step> replaceTags(RunKey run, Tags tags) {
    List<Step> steps = new ArrayList<>();
    steps.add(Step.change(sql.deleteTags, RunMapper.run(run)));
    if (!tags.values().isEmpty()) {
      steps.add(Step.change(sql.insertTags, VisibilityMapper.tags(run, tags)));
    }
    return steps;
  }

  /** The record of a run; empty if it has none. */
  public Optional<VisibilityRecord> find(Session session, RunKey run) throws SQLException {
    return session.first(sql.find, RunMapper.run(run), VisibilityMapper::record);
  }

  /**
   * Removes the record of a run that is deleted; no later write can be newer. The tags go with the
   * other parts of the run.
   */
  public Step delete(RunKey run) {
    return Step.change(sql.delete, RunMapper.run(run).and(VERSION, Long.MAX_VALUE));
  }
}
