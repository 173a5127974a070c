package io.odin.persistence.benchmarks.rows.baseline;

import io.odin.persistence.benchmarks.baseline.Baseline;
import io.odin.persistence.benchmarks.baseline.Parameter;
import io.odin.persistence.benchmarks.baseline.Prepared;
import io.odin.persistence.benchmarks.rows.data.Sample;
import io.odin.persistence.sql.statement.Sql;
import io.odin.persistence.sql.statement.Step;
import io.odin.persistence.value.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A list of runs on plain JDBC. */
public final class BaselineList {

  private final Baseline baseline;
  private final List<Step> lists;
  private final Prepared statements;
  private final Sql list;
  private final Parameter namespaceId;
  private final Parameter limit;
  private final List<Value> values;

  /**
   * Prepares the statement.
   *
   * @param lists it, with each set of values for its condition
   */
  public BaselineList(Baseline baseline, List<Step> lists) throws SQLException {
    this.baseline = baseline;
    this.lists = lists;
    list = lists.getFirst().sql();
    List<Sql> all = new ArrayList<>(baseline.dialect().searchStatements());
    all.add(list);
    // A query alone needs no transaction.
    baseline.connection().setAutoCommit(all.size() == 1);
    statements = baseline.prepare(all);
    namespaceId = statements.parameter("namespace_id");
    limit = statements.parameter("limit");
    statements.parameter("row_bytes").set(Long.MAX_VALUE);
    for (Sql before : baseline.dialect().searchStatements()) {
      for (String name : before.parameters()) {
        // The time limit, in milliseconds, as a setting takes it.
        statements.parameter(name).set("10000");
      }
    }
    values =
        list.parameters().stream()
            .filter(name -> name.startsWith("value_"))
            .map(name -> new Value(name, statements.parameter(name)))
            .toList();
  }

  private record Value(String name, Parameter parameter) {

    void set(Step step) throws SQLException {
      Object value = step.binds().value(step.sql(), name);
      switch (value) {
        case String text -> parameter.set(text);
        case Json json -> parameter.setJson(json.text());
        case null, default -> throw new IllegalStateException(value + " is not known here");
      }
    }
  }

  /** What a program needs to show a run. */
  record Listed(
      String workflowId,
      UUID runId,
      String workflowType,
      String taskQueue,
      String state,
      String status,
      Instant startTime,
      Instant executionTime,
      Instant closeTime,
      long historyLength,
      long transitions,
      String memo,
      String searchAttributes,
      String parentWorkflowId,
      @Nullable UUID parentRunId) {}

  private Listed listed(ResultSet row) throws SQLException {
    return new Listed(
        row.getString("workflow_id"),
        baseline.uuid(row, "run_id"),
        row.getString("workflow_type"),
        row.getString("task_queue"),
        row.getString("workflow_state"),
        row.getString("status"),
        baseline.instant(row, "start_time"),
        baseline.instant(row, "execution_time"),
        baseline.instant(row, "close_time"),
        row.getLong("history_length"),
        row.getLong("state_transition_count"),
        row.getString("memo"),
        row.getString("search_attributes"),
        row.getString("parent_workflow_id"),
        baseline.uuidOrNull(row, "parent_run_id"));
  }

  /** The first page. */
  public List<Listed> read(long number, int page) throws SQLException {
    Step step = lists.get((int) (number % lists.size()));
    namespaceId.set(Sample.NAMESPACE.value());
    // One row more shows whether there is another page.
    limit.set(page + 1);
    for (Value value : values) {
      value.set(step);
    }
    List<Listed> runs = new ArrayList<>(page + 1);
    statements.send(
        (sql, row) -> {
          if (sql == list) {
            runs.add(listed(row));
          }
        });
    baseline.rollback();
    return runs.subList(0, Math.min(page, runs.size()));
  }
}
