package io.odin.persistence.benchmarks.rows.data;

import io.odin.persistence.benchmarks.harness.Database;
import io.odin.persistence.visibility.SearchAttributes;
import io.odin.persistence.visibility.Tags;
import io.odin.persistence.visibility.VisibilityRecord;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** By what runs are found: one of their attributes changes with each commit. */
public final class Findable {

  public static final Instant STARTED = Instant.parse("2026-01-01T00:00:00Z");

  /** Key and value of each tag. */
  public static final List<@Nullable Object[]> TAGS =
      List.<@Nullable Object[]>of(new Object[] {"channel", "web"}, new Object[] {"tier", "gold"});

  private Findable() {}

  /** Registers the attributes, and lets the runs have records and tags already. */
  public static void make(Database database) throws SQLException {
    database.execute(
        """
        INSERT INTO search_attributes (namespace_id, attribute_name, attribute_type)
        VALUES (%1$s, 'CustomerId', 'Keyword'), (%1$s, 'Amount', 'Int'), (%1$s, 'Items', 'KeywordList')
        """
            .formatted(Sample.namespace(database)),
        """
        INSERT INTO visibility_records (namespace_id, workflow_id, run_id, workflow_type, task_queue, start_time,
                                        execution_time, memo, search_attributes, version)
        SELECT namespace_id, workflow_id, run_id, workflow_type, task_queue, %1$s, %1$s, '{}', '{}', version
          FROM workflow_executions
        """
            .formatted(database.engine().instant(STARTED)),
        """
        INSERT INTO workflow_tags (namespace_id, workflow_id, run_id, tag_key, tag_value)
        SELECT namespace_id, workflow_id, run_id, k, 'new'
          FROM workflow_executions
         CROSS JOIN (SELECT 'channel' AS k UNION ALL SELECT 'tier') AS tags
        """);
    database.settle();
  }

  public static VisibilityRecord record(Runs.Cursor cursor, int events) {
    return VisibilityRecord.builder(cursor.run(), "order", Sample.WORKFLOWS.name(), STARTED)
        .historyLength(cursor.firstEvent() + events - 1)
        .stateTransitionCount(cursor.version() + 1)
        .searchAttributes(
            SearchAttributes.builder()
                .keyword("CustomerId", "customer-7")
                .integer("Amount", cursor.version())
                .keywordList("Items", List.of("coffee", "tea"))
                .build())
        .build();
  }

  /** The version of the record that follows the change of the run. */
  public static long version(Runs.Cursor cursor) {
    return cursor.version() + 1;
  }

  /** The attributes as they are stored. */
  public static String attributes(Runs.Cursor cursor) {
    return "{\"Amount\":%d,\"CustomerId\":\"customer-7\",\"Items\":[\"coffee\",\"tea\"]}"
        .formatted(cursor.version());
  }

  public static Tags tags() {
    return Tags.of(Map.of("channel", "web", "tier", "gold"));
  }
}
