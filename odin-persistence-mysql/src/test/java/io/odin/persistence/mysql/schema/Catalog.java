package io.odin.persistence.mysql.schema;

import java.util.List;

/** What a database consists of, as lines that can be compared. */
final class Catalog {

  private static final String QUERY =
      """
      SELECT CONCAT_WS(' ', 'table', table_name, engine, table_collation, table_comment)
        FROM information_schema.tables WHERE table_schema = DATABASE()
      UNION ALL
      SELECT CONCAT_WS(' ', 'column', table_name, ordinal_position, column_name, column_type, is_nullable, column_default,
                       extra, collation_name, generation_expression, column_comment)
        FROM information_schema.columns WHERE table_schema = DATABASE()
      UNION ALL
      SELECT CONCAT_WS(' ', 'index', table_name, index_name, non_unique, seq_in_index, column_name, expression, collation)
        FROM information_schema.statistics WHERE table_schema = DATABASE()
      UNION ALL
      SELECT CONCAT_WS(' ', 'check', constraint_name, check_clause)
        FROM information_schema.check_constraints WHERE constraint_schema = DATABASE()
      UNION ALL
      SELECT CONCAT_WS(' ', 'routine', routine_type, routine_name, dtd_identifier, routine_definition, is_deterministic,
                       sql_data_access, security_type, routine_comment)
        FROM information_schema.routines WHERE routine_schema = DATABASE()
      UNION ALL
      SELECT CONCAT_WS(' ', 'parameter', specific_name, ordinal_position, parameter_name, dtd_identifier, collation_name)
        FROM information_schema.parameters WHERE specific_schema = DATABASE()
      UNION ALL
      SELECT CONCAT_WS(' ', 'trigger', trigger_name, event_object_table, action_timing, event_manipulation, action_statement)
        FROM information_schema.triggers WHERE trigger_schema = DATABASE()
      UNION ALL
      SELECT CONCAT_WS(' ', 'schema', version, description) FROM odin_schema
      UNION ALL
      SELECT CONCAT_WS(' ', 'shard', shard_id, s.fence_token, f.fence_token)
        FROM history_shards s LEFT JOIN shard_fences f USING (shard_id)
      ORDER BY 1\
      """;

  private Catalog() {}

  static List<String> of(SchemaDatabase database) {
    return database.column(QUERY);
  }
}
