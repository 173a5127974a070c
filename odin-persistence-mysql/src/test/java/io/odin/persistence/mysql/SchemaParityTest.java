package io.odin.persistence.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Both databases have the same tables, as the files of the schema say. */
class SchemaParityTest {

  private static final Pattern TABLE =
      Pattern.compile("(?ms)^CREATE TABLE IF NOT EXISTS (?<name>\\w+) \\(\n(?<body>.*?)^\\)");
  private static final Pattern COLUMN =
      Pattern.compile("(?m)^ {4}(?<name>[a-z]\\w*) +(?<rest>[a-z]+.*)$");
  private static final Pattern KEY =
      Pattern.compile(
          "CONSTRAINT (?<name>\\w+) (?<kind>PRIMARY KEY|UNIQUE) \\((?<columns>[^)]*)\\)");
  private static final Pattern CHECK = Pattern.compile("CONSTRAINT (ck_\\w+) CHECK");

  /** What stands in the place of PostgreSQL's sequence. */
  private static final String TASK_IDS = "task_id_sequence";

  private static Map<String, String> tables(String database) throws IOException {
    Map<String, String> tables = new TreeMap<>();
    try (Stream<Path> files = Files.list(SchemaScript.DIRECTORY.resolve(database))) {
      for (Path file : files.filter(each -> each.toString().endsWith(".sql")).toList()) {
        Matcher table = TABLE.matcher(Files.readString(file));
        while (table.find()) {
          tables.put(table.group("name"), table.group("body"));
        }
      }
    }
    return tables;
  }

  private static List<String> columns(String table) {
    return COLUMN
        .matcher(table)
        .results()
        .map(
            column ->
                column.group(1) + (column.group(2).contains(" NOT NULL") ? " NOT NULL" : " NULL"))
        .toList();
  }

  private static Set<String> keys(String table) {
    Set<String> keys = new TreeSet<>();
    KEY.matcher(table)
        .results()
        .forEach(key -> keys.add(key.group(1) + " " + key.group(2) + " " + key.group(3)));
    CHECK.matcher(table).results().forEach(check -> keys.add(check.group(1)));
    return keys;
  }

  @Test
  void tablesColumnsNullabilityKeysAndChecks_areTheSame() throws IOException {
    Map<String, String> postgres = tables("PostgreSQL");
    Map<String, String> mysql = tables("MySQL");
    assertThat(mysql.remove(TASK_IDS)).isNotNull();

    assertThat(mysql.keySet()).hasSizeGreaterThan(20).isEqualTo(postgres.keySet());
    for (String table : mysql.keySet()) {
      assertThat(columns(mysql.getOrDefault(table, "")))
          .as("columns of " + table)
          .isNotEmpty()
          .isEqualTo(columns(postgres.getOrDefault(table, "")));
      assertThat(keys(mysql.getOrDefault(table, "")))
          .as("keys and checks of " + table)
          .isNotEmpty()
          .isEqualTo(keys(postgres.getOrDefault(table, "")));
    }
  }
}
