package io.odin.persistence.benchmarks.rows;

import io.odin.persistence.Persistence;
import io.odin.persistence.benchmarks.baseline.Baseline;
import io.odin.persistence.benchmarks.baseline.BaselineRows;
import io.odin.persistence.benchmarks.baseline.Column;
import io.odin.persistence.benchmarks.harness.Database;
import io.odin.persistence.benchmarks.harness.Row;
import io.odin.persistence.benchmarks.harness.Worker;
import io.odin.persistence.benchmarks.rows.baseline.BaselineCommit;
import io.odin.persistence.benchmarks.rows.baseline.BaselineNewRun;
import io.odin.persistence.benchmarks.rows.baseline.BaselineTaskIds;
import io.odin.persistence.benchmarks.rows.baseline.BaselineTaskRows;
import io.odin.persistence.benchmarks.rows.data.NewWorkflows;
import io.odin.persistence.benchmarks.rows.data.Sample;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.signal.NewSignal;
import io.odin.persistence.value.Json;
import io.odin.persistence.value.TimeOrderedId;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Starts workflows as {@link StartWorkflow} does, each with a signal that it has received. */
public final class StartWithSignal implements Row {

  private static final String RECEIVED = "signals.receivedInWorkflow";
  private static final String INSERT = "signals.insert";
  private static final String NAME = "expedite";

  private final StartWorkflow plain = new StartWorkflow();

  @Override
  public String name() {
    return "signal-with-start";
  }

  @Override
  public String unit() {
    return plain.unit();
  }

  @Override
  public void prepare(Database database, int workers) throws SQLException {
    plain.prepare(database, workers);
  }

  @Override
  public Worker baseline(Baseline baseline, int index) throws SQLException {
    BaselineCommit commit =
        new BaselineCommit(
            baseline,
            "shards.fenceInNamespace",
            "commits.insert",
            StartWorkflow.CURRENT,
            BaselineNewRun.INSERT,
            "history.insert",
            RECEIVED,
            INSERT,
            "taskQueues.insertFenced");
    // No run of the workflow has received the signal before.
    commit.allowNone(RECEIVED);
    BaselineNewRun created = new BaselineNewRun(commit, StartWorkflow.CURRENT);
    BaselineRows received = commit.rows(RECEIVED, Column.text("signal_id"));
    BaselineRows signals =
        commit.rows(
            INSERT,
            Column.text("signal_id"),
            Column.text("signal_name"),
            Column.json("signal_input"),
            Column.noBytes("signal_bytes"),
            Column.number("signal_sequence"));
    BaselineTaskRows tasks = commit.tasks();
    BaselineTaskIds ids = new BaselineTaskIds(baseline);
    NewWorkflows workflows = new NewWorkflows(index);
    return () -> {
      RunKey run = workflows.next();
      String signal = TimeOrderedId.next().toString();
      created.bind(run, StartWorkflow.EVENTS, Instant.now());
      created.signals(1);
      received.bind(List.<@Nullable Object[]>of(new Object[] {signal}));
      signals.bind(
          List.<@Nullable Object[]>of(
              new @Nullable Object[] {signal, NAME, Sample.TASK_DATA, null, 1L}));
      tasks.bind(Sample.WORKFLOWS, 1, run, ids);
      commit.send();
      return 1;
    };
  }

  @Override
  public Worker library(Persistence persistence, int index) {
    NewWorkflows workflows = new NewWorkflows(index);
    return () -> {
      NewSignal signal = NewSignal.create(NAME, Json.of(Sample.TASK_DATA));
      persistence
          .executions()
          .commit(
              StartWorkflow.transaction(
                  StartWorkflow.create(workflows.next()).signal(signal).build()));
      return 1;
    };
  }

  @Override
  public void verify(Database database, long done) throws SQLException {
    plain.verify(database, done);
    database.expect(done, "SELECT count(*) FROM workflow_signals WHERE NOT processed");
    database.expect(done, "SELECT sum(signal_sequence) FROM workflow_executions");
  }
}
