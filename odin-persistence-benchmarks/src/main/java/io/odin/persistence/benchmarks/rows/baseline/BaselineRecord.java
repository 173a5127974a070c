package io.odin.persistence.benchmarks.rows.baseline;

import io.odin.persistence.benchmarks.baseline.Parameter;
import io.odin.persistence.benchmarks.baseline.Prepared;
import io.odin.persistence.benchmarks.rows.data.Findable;
import io.odin.persistence.benchmarks.rows.data.Runs;
import io.odin.persistence.benchmarks.rows.data.Sample;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/** The visibility record of a run on plain JDBC. */
public final class BaselineRecord {

  private static final String UPSERT = "visibility.upsert";

  private final Parameter workflowType;
  private final Parameter taskQueue;
  private final Parameter state;
  private final Parameter startTime;
  private final Parameter executionTime;
  private final Parameter historyLength;
  private final Parameter transitions;
  private final Parameter memo;
  private final Parameter attributes;
  private final Parameter version;
  private final List<Parameter> absent;

  public BaselineRecord(Prepared prepared) {
    workflowType = prepared.parameter(UPSERT, "workflow_type");
    taskQueue = prepared.parameter(UPSERT, "task_queue");
    state = prepared.parameter(UPSERT, "workflow_state");
    startTime = prepared.parameter(UPSERT, "start_time");
    executionTime = prepared.parameter(UPSERT, "execution_time");
    historyLength = prepared.parameter(UPSERT, "history_length");
    transitions = prepared.parameter(UPSERT, "state_transition_count");
    memo = prepared.parameter(UPSERT, "memo");
    attributes = prepared.parameter(UPSERT, "search_attributes");
    version = prepared.parameter(UPSERT, "version");
    absent =
        Stream.of(
                "status",
                "close_time",
                "execution_duration_ms",
                "parent_workflow_id",
                "parent_run_id",
                "deleted_at")
            .map(name -> prepared.parameter(UPSERT, name))
            .toList();
  }

  public void bind(Runs.Cursor cursor, int events) throws SQLException {
    workflowType.set("order");
    taskQueue.set(Sample.WORKFLOWS.name());
    state.set("running");
    startTime.set(Findable.STARTED);
    executionTime.set(Findable.STARTED);
    historyLength.set(cursor.firstEvent() + events - 1);
    transitions.set(cursor.version() + 1);
    memo.setJson("{}");
    attributes.setJson(Findable.attributes(cursor));
    version.set(Findable.version(cursor));
    for (Parameter parameter : absent) {
      parameter.setNull();
    }
  }
}
