package io.odin.persistence.consumers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Builds the applications once, with a Maven of their own. It reads three local repositories: one
 * of its own, in which it keeps what it downloads from one build to the next; the one into which
 * this module has installed the artifacts of this project; and the one of this build.
 */
final class Build {

  /** The projects, with their versions filled in. */
  static final Path FOLDER = Path.of("target", "consumers").toAbsolutePath();

  private static final Path EXAMPLE =
      Path.of(
          "../odin-persistence-postgres/src/test/java",
          "io/odin/persistence/postgres/examples/ReadmeExample.java");
  private static final Duration TIMEOUT = Duration.ofMinutes(8);

  private static boolean done;

  private Build() {}

  /** Builds the applications if this process has not done so. */
  static synchronized void run() throws IOException {
    if (!done) {
      addPrograms();
      Output output = Program.run(FOLDER, command(), TIMEOUT);
      assertThat(output.exitCode())
          .as("the build of the applications: %s%s", output.out(), output.log())
          .isZero();
      done = true;
    }
  }

  private static void addPrograms() throws IOException {
    String example =
        Files.readString(EXAMPLE)
            .replace("package io.odin.persistence.postgres.examples;", "package consumer;");
    for (Consumer consumer : Consumer.values()) {
      Path sources = Files.createDirectories(consumer.folder().resolve("src/main/java/consumer"));
      Files.writeString(sources.resolve("ReadmeExample.java"), example);
      String program =
          Files.exists(sources.resolve("OdinHealth.java")) ? "Application.java" : "Main.java";
      Files.copy(
          FOLDER.resolve("programs").resolve(program),
          sources.resolve(program),
          StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static List<String> command() {
    boolean windows = System.getProperty("os.name").startsWith("Windows");
    List<String> command = new ArrayList<>();
    command.add(
        Path.of(property("consumers.maven"), "bin", windows ? "mvn.cmd" : "mvn").toString());
    command.addAll(
        List.of(
            "--batch-mode",
            "--no-transfer-progress",
            "-Dmaven.repo.local=" + property("consumers.downloads"),
            "-Dmaven.repo.local.tail="
                + property("consumers.repository")
                + ","
                + property("localRepository"),
            "clean",
            "package"));
    return command;
  }

  private static String property(String name) {
    return Objects.requireNonNull(System.getProperty(name), name);
  }
}
