package io.odin.persistence.mysql.schema;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A file of Schemas/MySQL, taken apart as the mysql client does it.
 *
 * @param file where it lies
 */
record SchemaScript(Path file) {

  /** The directory of the README. */
  static final Path DIRECTORY = Path.of("..", "Schemas").toAbsolutePath().normalize();

  /** Everything. */
  public static final SchemaScript INIT = of("00_init.sql");

  private static final String SOURCE = "SOURCE ";
  private static final String DELIMITER = "DELIMITER ";

  static SchemaScript of(String name) {
    return new SchemaScript(DIRECTORY.resolve("MySQL").resolve(name));
  }

  /** Its statements and those of the files that it includes, in order. */
  List<String> statements() {
    return statements(";");
  }

  /** The same of a file whose statements end with another delimiter. */
  List<String> statements(String delimiter) {
    Reader reader = new Reader();
    reader.delimiter = delimiter;
    reader.read(file);
    return reader.statements;
  }

  List<String> lines() {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Statements end with a line. */
  private static final class Reader {

    private final List<String> statements = new ArrayList<>();
    private final StringBuilder statement = new StringBuilder();
    private String delimiter = ";";

    void read(Path file) {
      for (String line : new SchemaScript(file).lines()) {
        if (line.startsWith(SOURCE)) {
          read(file.resolveSibling(line.substring(SOURCE.length())));
        } else if (line.startsWith(DELIMITER)) {
          delimiter = line.substring(DELIMITER.length());
        } else if (line.endsWith(delimiter)) {
          statement.append(line, 0, line.length() - delimiter.length());
          statements.add(statement.toString());
          statement.setLength(0);
        } else {
          statement.append(line).append('\n');
        }
      }
    }
  }
}
