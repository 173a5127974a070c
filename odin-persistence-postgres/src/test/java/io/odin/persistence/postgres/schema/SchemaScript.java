package io.odin.persistence.postgres.schema;

import io.odin.persistence.postgres.PostgresTckDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Collectors;

/**
 * A file of Schemas/PostgreSQL, run as a DBA runs it: with psql where that is installed, otherwise
 * over JDBC with its includes put in.
 *
 * @param file where it lies
 */
public record SchemaScript(Path file) {

  /** The directory of the README. */
  static final Path DIRECTORY = Path.of("..", "Schemas").toAbsolutePath().normalize();

  /** Everything. */
  public static final SchemaScript INIT = of("00_init.sql");

  /** The three roles. */
  static final SchemaScript ROLES = of("optional/roles.sql");

  private static final String INCLUDE = "\\ir ";

  static SchemaScript of(String name) {
    return new SchemaScript(DIRECTORY.resolve("PostgreSQL").resolve(name));
  }

  /** A script that was run must have succeeded. */
  public void run(PostgresTckDatabase database, String... psqlOptions) {
    if (Psql.VERSION.isEmpty()) {
      runOverJdbc(database);
      System.out.println(file.getFileName() + " was run over JDBC: there is no psql here");
      return;
    }
    Psql.Outcome outcome = Psql.file(database, file, "", psqlOptions);
    if (outcome.exitCode() != 0) {
      throw new IllegalStateException("psql ended with " + outcome);
    }
    System.out.println(file.getFileName() + " was run by " + Psql.VERSION.get());
  }

  /**
   * Runs the script with the driver.
   *
   * @param before statements that are run on the same connection first
   */
  void runOverJdbc(PostgresTckDatabase database, String... before) {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      for (String sql : before) {
        statement.execute(sql);
      }
      statement.execute(text());
    } catch (SQLException e) {
      throw new IllegalStateException(file.getFileName() + " failed: " + e.getMessage(), e);
    }
  }

  /** The script without psql's own commands. */
  String text() {
    try {
      return Files.readAllLines(file).stream()
          .filter(line -> !line.startsWith("\\set "))
          .map(
              line ->
                  line.startsWith(INCLUDE)
                      ? new SchemaScript(file.resolveSibling(line.substring(INCLUDE.length())))
                          .text()
                      : line)
          .collect(Collectors.joining("\n"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
