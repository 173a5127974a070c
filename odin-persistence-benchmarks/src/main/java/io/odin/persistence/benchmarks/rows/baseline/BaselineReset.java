package io.odin.persistence.benchmarks.rows.baseline;

import io.odin.persistence.benchmarks.baseline.Baseline;
import io.odin.persistence.benchmarks.baseline.Parameter;
import io.odin.persistence.benchmarks.rows.data.Sample;
import io.odin.persistence.run.BaseRun;
import io.odin.persistence.run.RunKey;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The reset of a run on plain JDBC. Used by one thread. */
public final class BaselineReset {

  private static final String CLOSE_CURRENT = "currentRuns.close";
  private static final String REPLACE_CURRENT = "currentRuns.replace";
  private static final String UPDATE = "executions.update";
  private static final String DELETE_TIMERS = "timers.deleteOfRun";
  private static final String COPY = "history.copy";
  private static final String COUNT_COPIED = "history.addCopiedSize";
  private static final String CLOSE_RECORD = "visibility.close";
  private static final String END = "terminated";

  private final BaselineCommit commit;
  private final BaselineNewRun created;
  private final List<Parameter> bases;
  private final List<Parameter> endStates;
  private final List<Parameter> ends;
  private final List<Parameter> zeros;
  private final List<Parameter> documents;
  private final List<Parameter> starts;
  private final List<Parameter> limits;
  private final Parameter expectedVersion;
  private final Parameter signalsSeen;
  private final Parameter executionState;
  private final Parameter completionEvent;
  private final Parameter recordVersion;

  /** Prepares the statements. */
  public BaselineReset(Baseline baseline) throws SQLException {
    commit =
        new BaselineCommit(
            baseline,
            "shards.fenceInNamespace",
            "commits.insert",
            CLOSE_CURRENT,
            REPLACE_CURRENT,
            UPDATE,
            BaselineNewRun.INSERT,
            DELETE_TIMERS,
            COPY,
            COUNT_COPIED,
            "history.insert",
            CLOSE_RECORD);
    // The runs have neither timers nor records.
    commit.allowNone(DELETE_TIMERS);
    commit.allowNone(CLOSE_RECORD);
    created = new BaselineNewRun(commit, REPLACE_CURRENT);
    bases = new ArrayList<>(each("run_id", CLOSE_CURRENT, UPDATE, DELETE_TIMERS, CLOSE_RECORD));
    bases.add(commit.parameter(REPLACE_CURRENT, "previous_run_id"));
    bases.add(commit.parameter(COPY, "base_run_id"));
    endStates = each("workflow_state", CLOSE_CURRENT, UPDATE, CLOSE_RECORD);
    ends =
        List.of(
            commit.parameter(UPDATE, "completed_at"), commit.parameter(CLOSE_RECORD, "close_time"));
    zeros =
        List.of(
            commit.parameter(UPDATE, "last_processed_event_id"),
            commit.parameter(UPDATE, "event_count"),
            commit.parameter(UPDATE, "history_bytes"),
            commit.parameter(CLOSE_RECORD, "history_length"));
    documents =
        Stream.of("memo", "search_attributes", "auto_reset_points")
            .map(column -> commit.parameter(UPDATE, column))
            .toList();
    starts = each("from", COPY, COUNT_COPIED);
    limits = each("to", COPY, COUNT_COPIED);
    expectedVersion = commit.parameter(UPDATE, "expected_version");
    signalsSeen = commit.parameter(UPDATE, "signals_seen");
    executionState = commit.parameter(UPDATE, "execution_state");
    completionEvent = commit.parameter(UPDATE, "completion_event_id");
    recordVersion = commit.parameter(CLOSE_RECORD, "version");
  }

  private List<Parameter> each(String name, String... statements) {
    return Stream.of(statements).map(statement -> commit.parameter(statement, name)).toList();
  }

  /** Closes the base, and creates a run with its events and one more. */
  public void reset(BaseRun base, RunKey next) throws SQLException {
    Instant now = Instant.now();
    created.bind(next, base, 1, now);
    for (Parameter run : bases) {
      run.set(base.runId());
    }
    for (Parameter state : endStates) {
      state.set(END);
    }
    for (Parameter end : ends) {
      end.set(now);
    }
    for (Parameter zero : zeros) {
      zero.set(0L);
    }
    for (Parameter document : documents) {
      document.setJson("{}");
    }
    for (Parameter start : starts) {
      start.set(1L);
    }
    for (Parameter limit : limits) {
      limit.set(base.lastEventId() + 1);
    }
    expectedVersion.set(1L);
    signalsSeen.set(0L);
    executionState.set(Sample.state());
    completionEvent.setNull();
    recordVersion.set(2L);
    commit.send();
  }
}
