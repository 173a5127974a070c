package io.odin.persistence.benchmarks.rows;

import io.odin.persistence.benchmarks.baseline.BaselineRows;
import io.odin.persistence.benchmarks.baseline.Column;
import java.sql.SQLException;

/** The visibility record and the tags of a run within a commit on plain JDBC. */
final class BaselineVisibility {

  private final BaselineRecord record;
  private final BaselineRows tags;

  BaselineVisibility(BaselineCommit commit) {
    record = commit.visibility();
    tags = commit.rows("visibility.insertTags", Column.text("tag_key"), Column.text("tag_value"));
  }

  void bind(Runs.Cursor cursor, int events) throws SQLException {
    record.bind(cursor, events);
    tags.bind(Findable.TAGS);
  }
}
