package io.odin.persistence.sql.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.odin.persistence.sql.database.Dialect;
import io.odin.persistence.sql.statement.Sql;
import io.odin.persistence.sql.statement.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every statement as the server gets it, in a file of its own, so that a change of SQL shows in the
 * review. {@code -Dodin.sql.update=true} writes the files again.
 */
public abstract class GoldenSql {

  private static final String UPDATE = "odin.sql.update";

  private final Dialect dialect;
  private final List<Sql> statements;
  private final Path folder;

  /** For the tests of a dialect and all statements in it. */
  protected GoldenSql(Dialect dialect, List<Sql> statements) {
    this.dialect = dialect;
    this.statements = statements;
    folder = Path.of("src", "test", "resources", "sql", dialect.name());
  }

  @Test
  void everyStatement_isTheOneInItsFile() throws IOException {
    Map<String, String> rendered = new TreeMap<>();
    statements.forEach(sql -> rendered.put(fileOf(sql.name()), text(sql)));
    for (StandardQuery query : StandardQuery.values()) {
      for (Step page : query.pages(dialect, 10)) {
        String name = page.sql().name().replace("list.", "list." + query.name() + ".");
        rendered.put(fileOf(name), text(page.sql()));
      }
    }
    Map<String, String> files = files();
    keepDifferences(rendered, files);
    if (Boolean.getBoolean(UPDATE)) {
      update(rendered, files);
      files = files();
      files.keySet().retainAll(rendered.keySet());
    }

    assertThat(files)
        .as("run this test with -D%s=true and review the differences", UPDATE)
        .isEqualTo(rendered);
  }

  private static void keepDifferences(Map<String, String> rendered, Map<String, String> files) {
    Map.copyOf(files)
        .forEach(
            (name, inFile) -> {
              String text = rendered.get(name);
              if (text != null && withoutLayout(text).equals(withoutLayout(inFile))) {
                rendered.remove(name);
                files.remove(name);
              }
            });
  }

  /** The versions of jOOQ break and indent lines in different ways. */
  private static String withoutLayout(String sql) {
    return sql.strip().replaceAll("\\s*([(),])\\s*", "$1").replaceAll("\\s+", " ");
  }

  /** "shards.list.next" is in shards/list.next.sql. */
  private static String fileOf(String name) {
    return name.replaceFirst("\\.", "/") + ".sql";
  }

  private static String text(Sql sql) {
    return sql.text() + "\n";
  }

  private Map<String, String> files() throws IOException {
    Map<String, String> files = new TreeMap<>();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> paths = Files.walk(folder)) {
        for (Path path : paths.filter(Files::isRegularFile).toList()) {
          String name = folder.relativize(path).toString().replace('\\', '/');
          files.put(name, Files.readString(path).replace("\r\n", "\n"));
        }
      }
    }
    return files;
  }

  private void update(Map<String, String> rendered, Map<String, String> files) throws IOException {
    for (String differs : files.keySet()) {
      Files.delete(folder.resolve(differs));
    }
    for (Map.Entry<String, String> statement : rendered.entrySet()) {
      Path file = folder.resolve(statement.getKey());
      Files.createDirectories(file.getParent());
      Files.writeString(file, statement.getValue());
    }
  }
}
