package io.odin.persistence.benchmarks.rows;

import io.odin.persistence.benchmarks.rows.Prepared.Parameter;
import io.odin.persistence.sql.Sql;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/** The visibility record of a run on plain JDBC. */
final class FloorRecord {

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

  FloorRecord(Prepared prepared, Sql upsert) {
    workflowType = prepared.parameter("workflow_type", upsert);
    taskQueue = prepared.parameter("task_queue", upsert);
    state = prepared.parameter("workflow_state", upsert);
    startTime = prepared.parameter("start_time", upsert);
    executionTime = prepared.parameter("execution_time", upsert);
    historyLength = prepared.parameter("history_length", upsert);
    transitions = prepared.parameter("state_transition_count", upsert);
    memo = prepared.parameter("memo", upsert);
    attributes = prepared.parameter("search_attributes", upsert);
    version = prepared.parameter("version", upsert);
    absent =
        Stream.of(
                "status",
                "close_time",
                "execution_duration_ms",
                "parent_workflow_id",
                "parent_run_id",
                "deleted_at")
            .map(name -> prepared.parameter(name, upsert))
            .toList();
  }

  void bind(Runs.Cursor cursor, int events) throws SQLException {
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
