package io.odin.persistence.benchmarks.rows;

import io.odin.persistence.benchmarks.floor.Column;
import io.odin.persistence.benchmarks.floor.FloorRows;
import java.sql.SQLException;

/** The visibility record and the tags of a run within a commit on plain JDBC. */
final class FloorVisibility {

  private final FloorRecord record;
  private final FloorRows tags;

  FloorVisibility(FloorCommit commit) {
    record = commit.visibility();
    tags = commit.rows("visibility.insertTags", Column.text("tag_key"), Column.text("tag_value"));
  }

  void bind(Runs.Cursor cursor, int events) throws SQLException {
    record.bind(cursor, events);
    tags.bind(Findable.TAGS);
  }
}
