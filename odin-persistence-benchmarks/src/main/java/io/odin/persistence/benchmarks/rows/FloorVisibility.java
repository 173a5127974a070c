package io.odin.persistence.benchmarks.rows;

import io.odin.persistence.benchmarks.rows.Prepared.Parameter;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/** The visibility record and the tags of a run within a commit on plain JDBC. */
final class FloorVisibility {

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
  private final Parameter tagKeys;
  private final Parameter tagValues;

  FloorVisibility(FloorCommit commit) {
    workflowType = commit.parameter(UPSERT, "workflow_type");
    taskQueue = commit.parameter(UPSERT, "task_queue");
    state = commit.parameter(UPSERT, "workflow_state");
    startTime = commit.parameter(UPSERT, "start_time");
    executionTime = commit.parameter(UPSERT, "execution_time");
    historyLength = commit.parameter(UPSERT, "history_length");
    transitions = commit.parameter(UPSERT, "state_transition_count");
    memo = commit.parameter(UPSERT, "memo");
    attributes = commit.parameter(UPSERT, "search_attributes");
    version = commit.parameter(UPSERT, "version");
    absent =
        Stream.of(
                "status",
                "close_time",
                "execution_duration_ms",
                "parent_workflow_id",
                "parent_run_id",
                "deleted_at")
            .map(name -> commit.parameter(UPSERT, name))
            .toList();
    tagKeys = commit.parameter("visibility.insertTags", "tag_key");
    tagValues = commit.parameter("visibility.insertTags", "tag_value");
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
    version.set(cursor.version() + 1);
    for (Parameter parameter : absent) {
      parameter.setNull();
    }
    tagKeys.setArray("text", Findable.TAG_KEYS);
    tagValues.setArray("text", Findable.TAG_VALUES);
  }
}
