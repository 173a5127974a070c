package io.odin.persistence.sql.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.odin.persistence.value.Bytes;
import io.odin.persistence.value.Json;
import java.lang.reflect.Modifier;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.Field;
import org.jooq.Named;
import org.jooq.Table;
import org.junit.jupiter.api.Test;

/** The table classes of the areas say what the catalog of a migrated database says. */
public abstract class TableClasses {

  /** Each area's tables; task_queues is the class TaskQueuesTable in the package of its area. */
  private static final Map<String, List<String>> TABLES =
      Map.ofEntries(
          Map.entry("history", List.of("history_events")),
          Map.entry("namespace", List.of("namespaces", "namespace_change_counter")),
          Map.entry("query", List.of("workflow_query_results")),
          Map.entry(
              "run", List.of("workflow_executions", "workflow_current_runs", "workflow_commits")),
          Map.entry("schedule", List.of("workflow_schedules", "schedule_execution_history")),
          Map.entry("schema", List.of("odin_schema")),
          Map.entry("shard", List.of("history_shards", "shard_fences")),
          Map.entry("signal", List.of("workflow_signals")),
          Map.entry(
              "task",
              List.of(
                  "task_queues",
                  "task_queue_leases",
                  "task_dead_letters",
                  "task_completions",
                  "task_endings")),
          Map.entry("timer", List.of("workflow_timers")),
          Map.entry(
              "visibility", List.of("visibility_records", "workflow_tags", "search_attributes")),
          Map.entry("write", List.of("applied_writes")));

  /** By the names of their types in the catalogs. */
  private static final Map<Class<?>, Set<String>> TYPES =
      Map.of(
          UUID.class, Set.of("uuid", "binary"),
          String.class, Set.of("varchar", "text", "longtext"),
          Long.class, Set.of("int8", "bigserial", "bigint"),
          Integer.class, Set.of("int4", "int", "int2", "smallint"),
          Instant.class, Set.of("timestamptz", "datetime"),
          Boolean.class, Set.of("bool", "bit", "tinyint"),
          Bytes.class, Set.of("bytea", "longblob"),
          Json.class, Set.of("jsonb", "json"));

  /** Tables of Liquibase, and one that takes the place of a sequence. */
  private static final Set<String> OTHERS =
      Set.of("databasechangelog", "databasechangeloglock", "task_id_sequence");

  /** For the tests of a backend. */
  protected TableClasses() {}

  /** Connects to a migrated database. */
  protected abstract Connection connect() throws SQLException;

  /**
   * An empty id that another program has written would end each poll of its queue. The value of a
   * tag may be empty, and a deleted visibility record is.
   */
  @Test
  void emptyIds_areRefusedByTheDatabase() throws SQLException {
    List<String> unchecked = new ArrayList<>();
    try (Connection connection = connect();
        PreparedStatement statement =
            connection.prepareStatement(
                """
                SELECT c.table_name, c.column_name,
                       (SELECT k.check_clause
                          FROM information_schema.check_constraints k
                         WHERE k.constraint_schema = c.table_schema
                           AND k.constraint_name = CONCAT('ck_', c.table_name, '_values')) AS clause
                  FROM information_schema.columns c
                 WHERE c.table_schema = ?
                   AND c.character_maximum_length = 255 AND c.is_nullable = 'NO'
                   AND LOWER(c.table_name) NOT LIKE 'databasechangelog%' AND c.column_name <> 'tag_value'
                   AND NOT (c.table_name = 'visibility_records'
                            AND c.column_name IN ('workflow_type', 'task_queue'))\
                """)) {
      // On MySQL a database is what is a schema elsewhere.
      String schema = connection.getSchema();
      statement.setString(1, schema == null ? connection.getCatalog() : schema);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          String column = rows.getString(2);
          if (!String.valueOf(rows.getString(3)).matches("(?s).*\\b" + column + "\\b\\W.*<>.*")) {
            unchecked.add(rows.getString(1) + "." + column);
          }
        }
      }
    }
    assertThat(unchecked).isEmpty();
  }

  @Test
  void columnsAndTheirTypes_areThoseOfTheCatalog()
      throws ReflectiveOperationException, SQLException {
    List<String> columns = new ArrayList<>();
    for (Class<?> type : tableClasses()) {
      for (Field<?> column : constants(type, Field.class)) {
        columns.add(line(tableOf(type), column.getName(), column.getType().getSimpleName()));
      }
    }

    assertThat(columns).containsExactlyInAnyOrderElementsOf(catalog());
  }

  private static String line(String table, String column, String type) {
    return table + "." + column + " " + type;
  }

  @Test
  void keys_areThoseOfTheCatalog() throws ReflectiveOperationException, SQLException {
    try (Connection connection = connect()) {
      for (Class<?> type : tableClasses()) {
        for (List<?> key : constants(type, List.class)) {
          assertThat(key.stream().map(column -> ((Field<?>) column).getName()).toList())
              .as(type.getSimpleName())
              .isEqualTo(primaryKey(connection, tableOf(type)));
        }
      }
    }
  }

  private static List<Class<?>> tableClasses() throws ClassNotFoundException {
    List<String> names =
        TABLES.entrySet().stream()
            .flatMap(area -> area.getValue().stream().map(table -> className(area.getKey(), table)))
            .toList();
    Class<?>[] classes = new Class<?>[names.size()];
    for (int i = 0; i < classes.length; i++) {
      classes[i] = Class.forName(names.get(i));
    }
    return List.of(classes);
  }

  private static String className(String area, String table) {
    return Arrays.stream(table.split("_"))
        .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
        .collect(Collectors.joining("", "io.odin.persistence.sql." + area + ".", "Table"));
  }

  private static String tableOf(Class<?> type) throws IllegalAccessException {
    List<String> names = constants(type, Table.class).stream().map(Named::getName).toList();
    assertThat(names).as(type.getName()).hasSize(1);
    return names.getFirst();
  }

  private static <T> List<T> constants(Class<?> type, Class<T> kind) throws IllegalAccessException {
    Stream.Builder<T> constants = Stream.builder();
    for (var field : type.getDeclaredFields()) {
      if (Modifier.isStatic(field.getModifiers()) && kind.isAssignableFrom(field.getType())) {
        field.setAccessible(true);
        constants.add(kind.cast(Objects.requireNonNull(field.get(null))));
      }
    }
    return constants.build().toList();
  }

  private List<String> catalog() throws SQLException {
    List<String> catalog = new ArrayList<>();
    try (Connection connection = connect();
        ResultSet columns =
            connection
                .getMetaData()
                .getColumns(connection.getCatalog(), connection.getSchema(), "%", "%")) {
      while (columns.next()) {
        String table = columns.getString("TABLE_NAME").toLowerCase(Locale.ROOT);
        if (!OTHERS.contains(table)) {
          String type = columns.getString("TYPE_NAME").toLowerCase(Locale.ROOT);
          catalog.add(line(table, columns.getString("COLUMN_NAME"), typeOf(type)));
        }
      }
    }
    return catalog;
  }

  private static String typeOf(String name) {
    return TYPES.entrySet().stream()
        .filter(type -> type.getValue().contains(name))
        .map(type -> type.getKey().getSimpleName())
        .findFirst()
        .orElse(name);
  }

  private static List<String> primaryKey(Connection connection, String table) throws SQLException {
    SortedMap<Integer, String> key = new TreeMap<>();
    try (ResultSet columns =
        connection
            .getMetaData()
            .getPrimaryKeys(connection.getCatalog(), connection.getSchema(), table)) {
      while (columns.next()) {
        key.put(columns.getInt("KEY_SEQ"), columns.getString("COLUMN_NAME"));
      }
    }
    return List.copyOf(key.values());
  }
}
