package io.odin.persistence.benchmarks.rows;

import io.odin.persistence.Persistence;
import io.odin.persistence.benchmarks.baseline.Baseline;
import io.odin.persistence.benchmarks.harness.Database;
import io.odin.persistence.benchmarks.harness.Row;
import io.odin.persistence.benchmarks.harness.Worker;
import io.odin.persistence.benchmarks.rows.baseline.BaselineDeletion;
import io.odin.persistence.benchmarks.rows.data.Findable;
import io.odin.persistence.benchmarks.rows.data.RestoredRuns;
import io.odin.persistence.benchmarks.rows.data.Runs;
import io.odin.persistence.retention.Archiver;
import io.odin.persistence.run.RunKey;
import java.sql.SQLException;

/**
 * Deletes closed runs of 10 events whose namespace archives nothing, each worker its own; they come
 * back between the slices.
 */
public final class DeleteRun implements Row {

  @Override
  public String name() {
    return "retention-delete";
  }

  @Override
  public String unit() {
    return "runs";
  }

  @Override
  public void prepare(Database database, int workers) throws SQLException {
    Runs.ownShards(database);
    Runs.make(database, workers);
    Findable.make(database);
    RestoredRuns.make(database);
  }

  @Override
  public long refill(Database database, long done) throws SQLException {
    if (done > 0) {
      RestoredRuns.restore(database);
    }
    return RestoredRuns.count(database) / 2;
  }

  @Override
  public Worker baseline(Baseline baseline, int index) throws SQLException {
    BaselineDeletion deletion = new BaselineDeletion(baseline);
    Runs.Cursor cursor = new Runs.Cursor(index);
    return () -> {
      cursor.next(0);
      return deletion.delete(cursor.run());
    };
  }

  @Override
  public Worker library(Persistence persistence, int index) {
    Runs.Cursor cursor = new Runs.Cursor(index);
    return () -> {
      cursor.next(0);
      RunKey run = cursor.run();
      long rows =
          persistence
              .retention()
              .archiveAndDelete(run, Runs.lease(run.workflowId()), Archiver.none());
      return rows > 0 ? 1 : 0;
    };
  }

  @Override
  public void verify(Database database, long done) throws SQLException {
    RestoredRuns.verify(database, done);
  }
}
