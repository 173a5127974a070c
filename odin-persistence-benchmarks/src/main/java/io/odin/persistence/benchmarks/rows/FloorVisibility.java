package io.odin.persistence.benchmarks.rows;

import io.odin.persistence.benchmarks.rows.Prepared.Parameter;
import java.sql.SQLException;

/** The visibility record and the tags of a run within a commit on plain JDBC. */
final class FloorVisibility {

  private final FloorRecord record;
  private final Parameter tagKeys;
  private final Parameter tagValues;

  FloorVisibility(FloorCommit commit) {
    record = commit.visibility();
    tagKeys = commit.parameter("visibility.insertTags", "tag_key");
    tagValues = commit.parameter("visibility.insertTags", "tag_value");
  }

  void bind(Runs.Cursor cursor, int events) throws SQLException {
    record.bind(cursor, events);
    tagKeys.setArray("text", Findable.TAG_KEYS);
    tagValues.setArray("text", Findable.TAG_VALUES);
  }
}
