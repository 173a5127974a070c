package io.odin.persistence.benchmarks.rows.baseline;

import io.odin.persistence.benchmarks.baseline.BaselineRows;
import io.odin.persistence.benchmarks.baseline.Column;
import io.odin.persistence.benchmarks.baseline.Parameter;
import io.odin.persistence.benchmarks.rows.data.Findable;
import io.odin.persistence.benchmarks.rows.data.Runs;
import io.odin.persistence.benchmarks.rows.data.Sample;
import java.sql.SQLException;

/** The visibility record and the tags of a run within a commit on plain JDBC. */
public final class BaselineVisibility {

  private final BaselineRecord record;
  private final BaselineRows tags;
  private final Parameter shownType;
  private final Parameter shownQueue;
  private final Parameter shownStart;

  /**
   * The record and the tags of a commit.
   *
   * @param update the name of the statement that updates the run, which compares it with the record
   */
  public BaselineVisibility(BaselineCommit commit, String update) {
    shownType = commit.parameter(update, "shown_type");
    shownQueue = commit.parameter(update, "shown_queue");
    shownStart = commit.parameter(update, "shown_start");
    record = commit.visibility();
    tags = commit.rows("visibility.insertTags", Column.text("tag_key"), Column.text("tag_value"));
  }

  public void bind(Runs.Cursor cursor, int events) throws SQLException {
    shownType.set("order");
    shownQueue.set(Sample.WORKFLOWS.name());
    shownStart.set(Findable.STARTED);
    record.bind(cursor, events);
    tags.bind(Findable.TAGS);
  }
}
