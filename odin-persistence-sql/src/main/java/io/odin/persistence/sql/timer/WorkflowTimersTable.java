package io.odin.persistence.sql.timer;

import static io.odin.persistence.sql.statement.Columns.bytes;
import static io.odin.persistence.sql.statement.Columns.instant;
import static io.odin.persistence.sql.statement.Columns.integer;
import static io.odin.persistence.sql.statement.Columns.json;
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

/** Timers of runs. */
public final class WorkflowTimersTable {

  public static final Table<?> WORKFLOW_TIMERS = table("workflow_timers");

  public static final Field<UUID> NAMESPACE_ID = RunColumns.NAMESPACE_ID;
  public static final Field<String> WORKFLOW_ID = RunColumns.WORKFLOW_ID;
  public static final Field<UUID> RUN_ID = RunColumns.RUN_ID;
  public static final Field<String> TIMER_ID = text("timer_id");
  public static final Field<Instant> FIRE_AT = instant("fire_at");
  public static final Field<Instant> CREATED_AT = instant("created_at");
  public static final Field<Json> TIMER_DATA = json("timer_data");
  public static final Field<Bytes> TIMER_BYTES = bytes("timer_bytes");
  public static final Field<Integer> SHARD_ID = integer("shard_id");

  /** The columns of the primary key. */
  public static final List<Field<?>> KEY = List.of(NAMESPACE_ID, WORKFLOW_ID, RUN_ID, TIMER_ID);

  /** The payload. */
  public static final PayloadField TIMER_PAYLOAD = new PayloadField(TIMER_DATA, TIMER_BYTES);

  private WorkflowTimersTable() {}
}
