package io.odin.persistence.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.odin.persistence.sql.Sql;
import io.odin.persistence.sql.Statements;
import io.odin.persistence.sql.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every statement as the server gets it, in a file of its own, so that a change of SQL shows in the
 * review. {@code -Dodin.sql.update=true} writes the files anew.
 */
class GoldenSqlTest {

  private static final Path FOLDER = Path.of("src", "test", "resources", "sql", "postgres");
  private static final String UPDATE = "odin.sql.update";

  @Test
  void everyStatement_isTheOneInItsFile() throws IOException {
    Map<String, String> rendered = new TreeMap<>();
    for (Sql sql : Statements.all(new PostgresDialect())) {
      rendered.put(fileOf(sql), sql.text() + "\n");
    }
    for (StandardQuery query : StandardQuery.values()) {
      for (Step page : query.pages(10)) {
        rendered.put(
            fileOf(page.sql()).replace("list.", "list." + query.name() + "."),
            page.sql().text() + "\n");
      }
    }
    if (Boolean.getBoolean(UPDATE)) {
      update(rendered);
    }

    Map<String, String> files = files();
    // What agrees need not be shown.
    Set<Map.Entry<String, String>> same = new HashSet<>(rendered.entrySet());
    same.retainAll(files.entrySet());
    rendered.entrySet().removeAll(same);
    files.entrySet().removeAll(same);
    assertThat(files)
        .as("run this test with -D%s=true and review the differences", UPDATE)
        .isEqualTo(rendered);
  }

  /** "shards.list.next" is in shards/list.next.sql. */
  private static String fileOf(Sql sql) {
    return sql.name().replaceFirst("\\.", "/") + ".sql";
  }

  private static Map<String, String> files() throws IOException {
    Map<String, String> files = new TreeMap<>();
    if (Files.isDirectory(FOLDER)) {
      try (Stream<Path> paths = Files.walk(FOLDER)) {
        for (Path path : paths.filter(Files::isRegularFile).toList()) {
          String name = FOLDER.relativize(path).toString().replace('\\', '/');
          files.put(name, Files.readString(path).replace("\r\n", "\n"));
        }
      }
    }
    return files;
  }

  private static void update(Map<String, String> rendered) throws IOException {
    for (String gone : files().keySet()) {
      Files.delete(FOLDER.resolve(gone));
    }
    for (Map.Entry<String, String> statement : rendered.entrySet()) {
      Path file = FOLDER.resolve(statement.getKey());
      Files.createDirectories(file.getParent());
      Files.writeString(file, statement.getValue());
    }
  }
}
