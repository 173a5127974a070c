package io.odin.persistence.benchmarks.rows;

import io.odin.persistence.Persistence;
import io.odin.persistence.benchmarks.baseline.Baseline;
import io.odin.persistence.benchmarks.baseline.Parameter;
import io.odin.persistence.benchmarks.baseline.Prepared;
import io.odin.persistence.benchmarks.harness.Database;
import io.odin.persistence.benchmarks.harness.Row;
import io.odin.persistence.benchmarks.harness.Worker;
import io.odin.persistence.benchmarks.rows.data.RunParameters;
import io.odin.persistence.benchmarks.rows.data.Runs;
import io.odin.persistence.benchmarks.rows.data.Sample;
import io.odin.persistence.signal.NewSignal;
import io.odin.persistence.value.Json;
import io.odin.persistence.value.TimeOrderedId;
import java.sql.SQLException;

/** Sends signals to open runs, each worker to its own in turn. */
public final class SendSignal implements Row {

  private static final String NAME = "expedite";

  @Override
  public String name() {
    return "signal";
  }

  @Override
  public String unit() {
    return "signals";
  }

  @Override
  public void prepare(Database database, int workers) throws SQLException {
    Runs.make(database, workers);
  }

  @Override
  public Worker baseline(Baseline baseline, int index) throws SQLException {
    baseline.connection().setAutoCommit(false);
    Prepared put =
        baseline.prepare("signals.number", "signals.insertOnceInRun", "signals.findInRun");
    RunParameters run = RunParameters.of(put);
    Parameter signalId = put.parameter("signal_id");
    Parameter name = put.parameter("signal_name");
    Parameter input = put.parameter("signal_input");
    put.parameter("signal_bytes").setNull();
    Runs.Cursor cursor = new Runs.Cursor(index);
    return () -> {
      cursor.next(0);
      run.set(cursor.run());
      signalId.set(TimeOrderedId.next().toString());
      name.set(NAME);
      input.setJson(Sample.TASK_DATA);
      put.sendAll();
      baseline.commit();
      return 1;
    };
  }

  @Override
  public Worker library(Persistence persistence, int index) {
    Runs.Cursor cursor = new Runs.Cursor(index);
    return () -> {
      cursor.next(0);
      persistence.signals().put(cursor.run(), NewSignal.create(NAME, Json.of(Sample.TASK_DATA)));
      return 1;
    };
  }

  @Override
  public void verify(Database database, long done) throws SQLException {
    database.expect(done, "SELECT count(*) FROM workflow_signals");
    database.expect(done, "SELECT sum(signal_sequence) FROM workflow_executions");
  }
}
