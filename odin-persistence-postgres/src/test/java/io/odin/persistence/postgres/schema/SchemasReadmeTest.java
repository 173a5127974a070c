package io.odin.persistence.postgres.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.odin.persistence.postgres.PostgresTckDatabase;
import io.odin.persistence.postgres.TestPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What Schemas/README.md prints is true. */
class SchemasReadmeTest {

  private static final String README = read();

  private static String read() {
    try {
      return Files.readString(SchemaScript.DIRECTORY.resolve("README.md"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> sqlBlocks() {
    return sqlBlocksOf(README);
  }

  /** The queries of the chapter on monitoring. */
  static List<String> monitoringQueries() {
    return sqlBlocksOf(matches("(?s)\n## Monitoring Queries\n(.*?)\n## ", README).getFirst());
  }

  private static List<String> sqlBlocksOf(String page) {
    return matches("(?s)```sql\n(.*?)\n```", page);
  }

  private static List<String> matches(String pattern, String text) {
    return Pattern.compile(pattern).matcher(text).results().map(found -> found.group(1)).toList();
  }

  @TestFactory
  Stream<DynamicTest> everySqlBlock_inOrderOnTheSchemaAlone_runs() {
    return Stream.of(TestPostgres.values())
        .map(version -> dynamicTest("on " + version, () -> runAll(version)));
  }

  private static void runAll(TestPostgres version) throws SQLException {
    // The page makes roles, which belong to all databases of the server.
    OdinRoles.drop(version.server());
    try (PostgresTckDatabase database = version.database()) {
      SchemaScript.INIT.run(database);
      List<String> firstValues = new ArrayList<>();
      try (Connection connection = database.connect();
          Statement statement = connection.createStatement()) {
        for (String block : sqlBlocks()) {
          firstValues.add(firstValue(statement, block));
        }
      }

      assertThat(firstValues).hasSizeGreaterThan(30);
      assertThat(firstValues).as("the shard of order-12345, the first task").contains("342", "1");
    } finally {
      OdinRoles.drop(version.server());
    }
  }

  /** The first value that a block returns; empty if it returns no row. */
  private static String firstValue(Statement statement, String block) {
    try {
      if (!statement.execute(block)) {
        return "";
      }
      try (ResultSet rows = statement.getResultSet()) {
        return rows.next() ? Objects.requireNonNullElse(rows.getString(1), "") : "";
      }
    } catch (SQLException e) {
      throw new AssertionError("this block of the README does not run:\n" + block, e);
    }
  }

  @Test
  void everyStatementOfTheFirstEdition_isPrinted() throws IOException {
    String printed = normalised(String.join("\n", sqlBlocks()));

    List<String> statements = statementsOfTheFirstEdition();

    assertThat(statements).hasSize(18);
    assertThat(statements).allSatisfy(statement -> assertThat(printed).contains(statement));
  }

  private static List<String> statementsOfTheFirstEdition() throws IOException {
    try (InputStream file =
        Objects.requireNonNull(
            SchemasReadmeTest.class.getResourceAsStream("first-edition-statements.sql"))) {
      String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
      return Stream.of(text.split("\n\n", -1))
          .map(SchemasReadmeTest::normalised)
          .filter(statement -> !statement.isEmpty())
          .toList();
    }
  }

  private static String normalised(String sql) {
    return sql.lines()
        .map(line -> line.replaceFirst("--.*", "").strip())
        .filter(line -> !line.isEmpty())
        .collect(Collectors.joining(" "));
  }

  @Test
  void everyTable_isListed() {
    List<String> listed = matches("(?m)^\\| `([a-z_]+)` \\|", README);
    try (PostgresTckDatabase database = TestPostgres.V18.database()) {
      SchemaScript.INIT.run(database);
      List<String> tables =
          database.lines(
              "SELECT tablename::text FROM pg_tables WHERE schemaname = current_schema()");

      assertThat(listed).containsAll(tables);
    }
  }

  @Test
  void everyFile_isThere() {
    List<String> files = matches("(?<!\\w)((?:optional/)?[0-9a-z_]+[.]sql)", README);

    assertThat(files)
        .hasSizeGreaterThan(15)
        .allSatisfy(file -> assertThat(located(file)).as(file).isTrue());
  }

  private static boolean located(String file) {
    return Stream.of("", "optional/", "../MySQL/optional/")
        .map(directory -> SchemaScript.of(directory + file).file())
        .anyMatch(Files::exists);
  }
}
