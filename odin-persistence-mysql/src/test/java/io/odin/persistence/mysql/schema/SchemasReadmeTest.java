package io.odin.persistence.mysql.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What Schemas/README.md prints for MySQL is true. */
class SchemasReadmeTest {

  /** A statement for PostgreSQL that is the same here, or one for MySQL. */
  private static final Pattern BLOCK =
      Pattern.compile(
          """
          (?s)```sql
          (?<both>(?:(?!
          ```).)*)
          ```
          On MySQL: the same|```mysql
          (?<mysql>.*?)
          ```\
          """);

  @Test
  void everyBlock_inOrderOnTheSchemaAlone_runs() throws IOException {
    List<String> blocks = blocks(readme());
    assertThat(blocks).hasSizeGreaterThan(30);

    try (SchemaDatabase database = SchemaDatabase.complete()) {
      String accounts = "DROP USER IF EXISTS odin_app, odin_readonly";
      database.onTheServer(accounts);
      for (String block : blocks) {
        assertThat(List.of(block)).allSatisfy(each -> database.execute(List.of(each)));
      }
      database.onTheServer(accounts);

      assertThat(database.column("SELECT retention_days FROM namespaces")).containsExactly("90");
      assertThat(database.column("SELECT attempt_count FROM task_queues")).containsExactly("1");
    }
  }

  /** The queries of the chapter on monitoring. */
  static List<String> monitoringQueries() throws IOException {
    String readme = readme();
    int begin = readme.indexOf("\n## Monitoring Queries\n");
    return blocks(readme.substring(begin, readme.indexOf("\n## ", begin + 1)));
  }

  private static String readme() throws IOException {
    return Files.readString(SchemaScript.DIRECTORY.resolve("README.md"));
  }

  private static List<String> blocks(String text) {
    Matcher found = BLOCK.matcher(text);
    List<String> blocks = new ArrayList<>();
    while (found.find()) {
      blocks.add(found.group("both") == null ? found.group("mysql") : found.group("both"));
    }
    return blocks;
  }
}
