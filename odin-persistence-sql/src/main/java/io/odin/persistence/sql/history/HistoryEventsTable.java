package io.odin.persistence.sql.history;

import static io.odin.persistence.sql.statement.Columns.bytes;
import static io.odin.persistence.sql.statement.Columns.instant;
import static io.odin.persistence.sql.statement.Columns.json;
import static io.odin.persistence.sql.statement.Columns.number;
import static io.odin.persistence.sql.statement.Columns.text;
import static io.odin.persistence.sql.statement.Renderer.table;

import io.odin.persistence.sql.statement.PayloadField;
import io.odin.persistence.sql.statement.RunColumns;
import io.odin.persistence.value.Bytes;
import io.odin.persistence.value.Json;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jooq.Field;
import org.jooq.Table;

/** The events of runs. */
public final class HistoryEventsTable {

  public static final Table<?> HISTORY_EVENTS = table("history_events");

  public static final Field<UUID> NAMESPACE_ID = RunColumns.NAMESPACE_ID;
  public static final Field<String> WORKFLOW_ID = RunColumns.WORKFLOW_ID;
  public static final Field<UUID> RUN_ID = RunColumns.RUN_ID;
  public static final Field<Long> EVENT_ID = number("event_id");
  public static final Field<String> EVENT_TYPE = text("event_type");
  public static final Field<Instant> EVENT_TIMESTAMP = instant("event_timestamp");
  public static final Field<Long> TASK_ID = number("task_id");
  public static final Field<Long> VERSION = number("version");
  public static final Field<Json> EVENT_DATA = json("event_data");
  public static final Field<Bytes> EVENT_BYTES = bytes("event_bytes");
  public static final Field<Instant> CREATED_AT = instant("created_at");

  /** The columns of the primary key. */
  public static final List<Field<?>> KEY = List.of(NAMESPACE_ID, WORKFLOW_ID, RUN_ID, EVENT_ID);

  /** The payload. */
  public static final PayloadField EVENT_PAYLOAD = new PayloadField(EVENT_DATA, EVENT_BYTES);

  private HistoryEventsTable() {}
}
