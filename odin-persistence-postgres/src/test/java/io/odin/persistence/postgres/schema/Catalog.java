package io.odin.persistence.postgres.schema;

import io.odin.persistence.postgres.PostgresTckDatabase;
import java.util.List;

/**
 * What a database consists of, without Liquibase's own two tables, as lines that can be compared.
 */
final class Catalog {

  private static final String QUERY =
      """
      WITH relations AS (
        SELECT c.* FROM pg_class c LEFT JOIN pg_index i ON i.indexrelid = c.oid
         WHERE c.relnamespace = current_schema()::regnamespace
           AND COALESCE(i.indrelid, c.oid) NOT IN (SELECT oid FROM pg_class WHERE relname LIKE 'databasechangelog%')
      )
      SELECT concat_ws(' ', 'relation', relname, relkind, relpersistence, reloptions, relacl, relreplident,
                       obj_description(oid, 'pg_class'))
        FROM relations
      UNION ALL
      SELECT concat_ws(' ', 'column', r.relname, a.attnum, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
                       a.attidentity, a.attgenerated, a.attstorage, a.attcompression, a.attcollation::regcollation,
                       pg_get_expr(d.adbin, d.adrelid), a.attacl, col_description(r.oid, a.attnum))
        FROM relations r
        JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0
        LEFT JOIN pg_attrdef d ON d.adrelid = r.oid AND d.adnum = a.attnum
      UNION ALL
      SELECT concat_ws(' ', 'constraint', r.relname, k.conname, pg_get_constraintdef(k.oid), k.convalidated)
        FROM relations r JOIN pg_constraint k ON k.conrelid = r.oid
      UNION ALL
      SELECT concat_ws(' ', 'index', pg_get_indexdef(r.oid)) FROM relations r WHERE r.relkind IN ('i', 'I')
      UNION ALL
      SELECT concat_ws(' ', 'sequence', sequencename, data_type, start_value, min_value, max_value, increment_by, cycle,
                       cache_size)
        FROM pg_sequences WHERE schemaname = current_schema()
      UNION ALL
      SELECT concat_ws(' ', 'trigger', pg_get_triggerdef(t.oid), t.tgenabled)
        FROM relations r JOIN pg_trigger t ON t.tgrelid = r.oid
       WHERE NOT t.tgisinternal
      UNION ALL
      SELECT concat_ws(' ', 'function', pg_get_functiondef(p.oid), p.proacl, obj_description(p.oid, 'pg_proc'))
        FROM pg_proc p WHERE p.pronamespace = current_schema()::regnamespace
      UNION ALL
      SELECT concat_ws(' ', 'type', t.typname, t.typtype)
        FROM pg_type t WHERE t.typnamespace = current_schema()::regnamespace AND t.typtype NOT IN ('b', 'c')
      ORDER BY 1
      """;

  private Catalog() {}

  /** A line for each table, column, constraint, index, sequence, trigger, function and type. */
  static List<String> of(PostgresTckDatabase database) {
    return database.lines(QUERY);
  }

  /** What the files put into the tables. */
  static List<String> seedsOf(PostgresTckDatabase database) {
    return database.lines(
        """
        SELECT concat_ws(' ', 'schema', version, description) FROM odin_schema
        UNION ALL
        SELECT concat_ws(' ', 'counter', id, last_sequence) FROM namespace_change_counter
        UNION ALL
        SELECT concat_ws(' ', 'shard', shard_id, s.fence_token, f.fence_token, owner_identity)
          FROM history_shards s FULL JOIN shard_fences f USING (shard_id)
        ORDER BY 1
        """);
  }
}
