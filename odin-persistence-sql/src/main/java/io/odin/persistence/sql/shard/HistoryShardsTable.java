package io.odin.persistence.sql.shard;

import static io.odin.persistence.sql.statement.Columns.instant;
import static io.odin.persistence.sql.statement.Columns.integer;
import static io.odin.persistence.sql.statement.Columns.number;
import static io.odin.persistence.sql.statement.Columns.text;
import static io.odin.persistence.sql.statement.Renderer.table;

import java.time.Instant;
import org.jooq.Field;
import org.jooq.Table;

/** Shards and the leases of their owners. */
public final class HistoryShardsTable {

  public static final Table<?> HISTORY_SHARDS = table("history_shards");

  public static final Field<Integer> SHARD_ID = integer("shard_id");
  public static final Field<String> OWNER_IDENTITY = text("owner_identity");
  public static final Field<Instant> SHARD_OWNER_LEASE_EXPIRY = instant("shard_owner_lease_expiry");
  public static final Field<Instant> ACQUIRED_AT = instant("acquired_at");
  public static final Field<Instant> LAST_HEARTBEAT = instant("last_heartbeat");
  public static final Field<Instant> UPDATED_AT = instant("updated_at");
  public static final Field<Long> FENCE_TOKEN = number("fence_token");
  public static final Field<Long> RELEASED_TOKEN = number("released_token");

  private HistoryShardsTable() {}
}
