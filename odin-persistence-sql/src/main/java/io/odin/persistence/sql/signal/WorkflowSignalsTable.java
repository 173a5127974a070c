package io.odin.persistence.sql.signal;

import static io.odin.persistence.sql.statement.Columns.bool;
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

/** Signals of runs. */
public final class WorkflowSignalsTable {

  public static final Table<?> WORKFLOW_SIGNALS = table("workflow_signals");

  public static final Field<UUID> NAMESPACE_ID = RunColumns.NAMESPACE_ID;
  public static final Field<String> WORKFLOW_ID = RunColumns.WORKFLOW_ID;
  public static final Field<UUID> RUN_ID = RunColumns.RUN_ID;
  public static final Field<String> SIGNAL_ID = text("signal_id");
  public static final Field<String> SIGNAL_NAME = text("signal_name");
  public static final Field<Json> SIGNAL_INPUT = json("signal_input");
  public static final Field<Bytes> SIGNAL_BYTES = bytes("signal_bytes");
  public static final Field<Instant> RECEIVED_AT = instant("received_at");
  public static final Field<Boolean> PROCESSED = bool("processed");
  public static final Field<Long> SIGNAL_SEQUENCE = number("signal_sequence");

  /** The columns of the primary key. */
  public static final List<Field<?>> KEY = List.of(NAMESPACE_ID, WORKFLOW_ID, RUN_ID, SIGNAL_ID);

  /** The payload. */
  public static final PayloadField SIGNAL_PAYLOAD = new PayloadField(SIGNAL_INPUT, SIGNAL_BYTES);

  private WorkflowSignalsTable() {}
}
