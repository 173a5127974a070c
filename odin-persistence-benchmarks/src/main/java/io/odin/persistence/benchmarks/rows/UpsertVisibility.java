package io.odin.persistence.benchmarks.rows;

import io.odin.persistence.Persistence;
import io.odin.persistence.benchmarks.baseline.Baseline;
import io.odin.persistence.benchmarks.baseline.Prepared;
import io.odin.persistence.benchmarks.harness.Database;
import io.odin.persistence.benchmarks.harness.Row;
import io.odin.persistence.benchmarks.harness.Worker;
import io.odin.persistence.benchmarks.rows.baseline.BaselineRecord;
import io.odin.persistence.benchmarks.rows.data.Findable;
import io.odin.persistence.benchmarks.rows.data.RunParameters;
import io.odin.persistence.benchmarks.rows.data.Runs;
import java.sql.SQLException;

/** Replaces the visibility record of a run, outside a commit. */
public final class UpsertVisibility implements Row {

  private static final int EVENTS = 3;

  @Override
  public String name() {
    return "visibility-upsert";
  }

  @Override
  public String unit() {
    return "records";
  }

  @Override
  public void prepare(Database database, int workers) throws SQLException {
    Runs.make(database, workers);
    Findable.make(database);
  }

  @Override
  public Worker baseline(Baseline baseline, int index) throws SQLException {
    baseline.connection().setAutoCommit(false);
    Prepared upsert =
        baseline.prepare("namespaces.live", "executions.position", "visibility.upsert");
    RunParameters run = RunParameters.of(upsert);
    BaselineRecord record = new BaselineRecord(upsert);
    Runs.Cursor cursor = new Runs.Cursor(index);
    return () -> {
      cursor.next(EVENTS);
      run.set(cursor.run());
      record.bind(cursor, EVENTS);
      upsert.sendAll();
      baseline.commit();
      return 1;
    };
  }

  @Override
  public Worker library(Persistence persistence, int index) {
    Runs.Cursor cursor = new Runs.Cursor(index);
    return () -> {
      cursor.next(EVENTS);
      persistence.visibility().upsert(Findable.record(cursor, EVENTS), Findable.version(cursor));
      return 1;
    };
  }

  @Override
  public void verify(Database database, long done) throws SQLException {
    database.expect(done, "SELECT sum(version - 1) FROM visibility_records");
  }
}
