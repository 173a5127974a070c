package io.odin.persistence.postgres.schema;

import io.odin.persistence.postgres.PostgresServer;
import io.odin.persistence.postgres.PostgresTckDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** PostgreSQL's own client, as a DBA uses it, on machines that have it. */
final class Psql {

  /** What the client says of its version; empty if there is no client. */
  static final Optional<String> VERSION = version();

  private Psql() {}

  /**
   * The outcome of a run.
   *
   * @param exitCode 0 if all went well
   * @param output everything that was printed
   */
  record Outcome(int exitCode, String output) {}

  private static Optional<String> version() {
    try {
      Outcome outcome = run(new ProcessBuilder("psql", "--version"));
      return outcome.exitCode() == 0 ? Optional.of(outcome.output().strip()) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * Runs a file as the superuser.
   *
   * @param serverOptions what PGOPTIONS is to hold: {@code -c name=value}, or empty
   * @param options of psql, in addition to those that say where to connect
   */
  static Outcome file(
      PostgresTckDatabase database, Path file, String serverOptions, String... options) {
    PostgresServer server = database.server();
    int colon = server.place().lastIndexOf(':');
    List<String> command =
        new ArrayList<>(
            List.of(
                "psql",
                "--no-psqlrc",
                "--host=" + server.place().substring(0, colon),
                "--port=" + server.place().substring(colon + 1),
                "--username=" + server.superuser().username(),
                "--dbname=" + database.name()));
    command.addAll(List.of(options));
    command.add("--file=" + file);
    ProcessBuilder process = new ProcessBuilder(command);
    process
        .environment()
        .putAll(Map.of("PGPASSWORD", server.superuser().password(), "PGOPTIONS", serverOptions));
    try {
      return run(process);
    } catch (IOException e) {
      throw new IllegalStateException("psql does not run: " + e.getMessage(), e);
    }
  }

  private static Outcome run(ProcessBuilder builder) throws IOException {
    Process process = builder.redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      return new Outcome(process.waitFor(), output);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
