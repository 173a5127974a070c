package io.odin.persistence.mysql.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.odin.persistence.PersistenceConfig;
import io.odin.persistence.mysql.MySqlProvider;
import io.odin.persistence.mysql.MySqlTckDatabase;
import io.odin.persistence.mysql.TestMySql;
import io.odin.persistence.postgres.PostgresProvider;
import io.odin.persistence.servers.DatabaseServer;
import io.odin.persistence.servers.Durability;
import io.odin.persistence.servers.PostgresServer;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A migrated PostgreSQL and a migrated MySQL have the same catalog (MG-10). */
class SchemaParityTest {

  /**
   * A line for each column, primary key, unique index and check, in MySQL's words for types. A
   * partial unique index has its condition behind the columns. Liquibase's tables are left out.
   */
  private static final String POSTGRES =
      """
      SELECT concat_ws(' ', 'column', c.table_name, c.ordinal_position, c.column_name,
                       CASE c.data_type
                         WHEN 'uuid' THEN 'binary(16)'
                         WHEN 'character varying' THEN format('varchar(%s)', c.character_maximum_length)
                         WHEN 'text' THEN 'longtext'
                         WHEN 'timestamp with time zone' THEN 'datetime(6)'
                         WHEN 'jsonb' THEN 'json'
                         WHEN 'bytea' THEN 'longblob'
                         WHEN 'boolean' THEN 'tinyint(1)'
                         WHEN 'integer' THEN 'int'
                         ELSE c.data_type
                       END,
                       'nullable', c.is_nullable)
        FROM information_schema.columns c
       WHERE c.table_schema = current_schema() AND c.table_name NOT LIKE 'databasechangelog%'
      UNION ALL
      SELECT concat_ws(' ', 'unique', t.relname, CASE WHEN NOT x.indisprimary THEN i.relname END,
                       (SELECT string_agg(a.attname, ',' ORDER BY a.attnum) FROM pg_attribute a WHERE a.attrelid = i.oid),
                       'where ' || regexp_replace(pg_get_expr(x.indpred, t.oid), '[()]|::text', '', 'g'))
        FROM pg_index x
        JOIN pg_class i ON i.oid = x.indexrelid
        JOIN pg_class t ON t.oid = x.indrelid
       WHERE x.indisunique AND t.relnamespace = current_schema()::regnamespace AND t.relname NOT LIKE 'databasechangelog%'
      UNION ALL
      SELECT concat_ws(' ', 'check', k.conrelid::regclass, k.conname)
        FROM pg_constraint k
       WHERE k.contype = 'c' AND k.connamespace = current_schema()::regnamespace\
      """;

  /**
   * The same lines. All texts are longtext: where MySQL has a shorter one, no store writes more. Of
   * a unique index that stands for a partial one, the last part is null outside the condition, so
   * that it refuses nothing there. MySQL has task_id_sequence as a table, and no name for a primary
   * key.
   */
  private static final String MYSQL =
      """
      SELECT CONCAT_WS(' ', 'column', c.table_name, c.ordinal_position, c.column_name,
                       IF(c.column_type = 'text', 'longtext', c.column_type), 'nullable', c.is_nullable)
        FROM information_schema.columns c
       WHERE c.table_schema = DATABASE() AND c.table_name NOT IN ('task_id_sequence', 'DATABASECHANGELOG', 'DATABASECHANGELOGLOCK')
      UNION ALL
      SELECT CONCAT_WS(' ', 'unique', s.table_name, NULLIF(s.index_name, 'PRIMARY'),
                       GROUP_CONCAT(s.column_name ORDER BY s.seq_in_index),
                       CONCAT('where ', MAX(REGEXP_REPLACE(s.expression, '[()`\\\\\\\\]|_utf8mb4|case when | then 1 end', ''))))
        FROM information_schema.statistics s
       WHERE s.table_schema = DATABASE() AND s.non_unique = 0
         AND s.table_name NOT IN ('task_id_sequence', 'DATABASECHANGELOG', 'DATABASECHANGELOGLOCK')
       GROUP BY s.table_name, s.index_name
      UNION ALL
      SELECT CONCAT_WS(' ', 'check', k.table_name, k.constraint_name)
        FROM information_schema.table_constraints k
       WHERE k.constraint_schema = DATABASE() AND k.constraint_type = 'CHECK'\
      """;

  @Test
  void columnsKeysAndChecks_areTheSame() throws IOException, SQLException {
    try (DatabaseServer server = PostgresServer.start(Durability.NONE, Map.of());
        MySqlTckDatabase mysql = TestMySql.database()) {
      PersistenceConfig postgres =
          PersistenceConfig.builder(server.create("parity"))
              .credentials(server.user(), server.password())
              .build();
      new PostgresProvider().schema(postgres).migrate();
      new MySqlProvider().schema(mysql.config()).migrate();

      try (Connection one =
              DriverManager.getConnection(postgres.url(), server.user(), server.password());
          Connection other = mysql.connect()) {
        Set<String> catalog = lines(one, POSTGRES);
        assertThat(catalog)
            .contains(
                "column history_events 4 event_id bigint nullable NO",
                "unique namespaces uq_namespaces_name namespace_name where status <> 'deleted'")
            .hasSizeGreaterThan(250);
        assertThat(lines(other, MYSQL)).isEqualTo(catalog);
      }
    }
  }

  private static Set<String> lines(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      Set<String> lines = new TreeSet<>();
      while (rows.next()) {
        lines.add(rows.getString(1));
      }
      return lines;
    }
  }
}
