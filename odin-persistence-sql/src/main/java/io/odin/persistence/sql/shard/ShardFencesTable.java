package io.odin.persistence.sql.shard;

import static io.odin.persistence.sql.statement.Columns.integer;
import static io.odin.persistence.sql.statement.Columns.number;
import static io.odin.persistence.sql.statement.Renderer.table;

import org.jooq.Field;
import org.jooq.Table;

/** The fencing token of each shard, which commits lock. */
final class ShardFencesTable {

  static final Table<?> SHARD_FENCES = table("shard_fences");

  static final Field<Integer> SHARD_ID = integer("shard_id");
  static final Field<Long> FENCE_TOKEN = number("fence_token");

  private ShardFencesTable() {}
}
