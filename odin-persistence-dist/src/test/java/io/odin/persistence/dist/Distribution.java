package io.odin.persistence.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** An unpacked distribution, and what its programs print. */
record Distribution(Path home) {

  private static final Path TARGET = Path.of("target").toAbsolutePath();
  private static final int PATIENCE_MINUTES = 10;

  /** The archive that the build has made, by the end of its name. */
  static Path archive(String ending) throws IOException {
    try (Stream<Path> files = Files.list(TARGET)) {
      List<Path> found =
          files
              .filter(file -> String.valueOf(file.getFileName()).matches("odin-.*" + ending))
              .toList();
      assertThat(found).as("archives %s in %s", ending, TARGET).hasSize(1);
      return found.getFirst();
    }
  }

  /** Unpacks the archive as users do. */
  static Distribution unpackedIn(Path directory) throws Exception {
    Result tar =
        run(directory, Map.of(), List.of("tar", "-xzf", archive("\\.tar\\.gz").toString()));
    assertThat(tar.exitCode()).as(tar.err()).isZero();
    try (Stream<Path> homes = Files.list(directory)) {
      return new Distribution(homes.filter(Files::isDirectory).findFirst().orElseThrow());
    }
  }

  Path lib() {
    return home.resolve("lib");
  }

  /** The names of the jars in lib. */
  List<String> jars() throws IOException {
    try (Stream<Path> files = Files.list(lib())) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.endsWith(".jar"))
          .sorted()
          .toList();
    }
  }

  /** Runs bin/odin in a directory, with the Java of this test. */
  Result odin(Path directory, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(home.resolve("bin/odin").toString());
    command.addAll(List.of(arguments));
    return run(directory, Map.of("JAVA_HOME", System.getProperty("java.home")), command);
  }

  static Result run(Path directory, Map<String, String> environment, List<String> command)
      throws Exception {
    Path out = Files.createTempFile("odin-out-", ".txt");
    Path err = Files.createTempFile("odin-err-", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      process.getOutputStream().close();
      assertThat(process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES))
          .as("%s ends", command)
          .isTrue();
      return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
    } finally {
      process.destroyForcibly();
      Files.delete(out);
      Files.delete(err);
    }
  }

  /** How a program has ended. */
  record Result(int exitCode, String out, String err) {

    /** Requires success. */
    Result succeeds() {
      assertThat(exitCode).as("exit code; %s%s", out, err).isZero();
      return this;
    }

    /** Requires a failure that is reported in one line. */
    void failsWith(String... texts) {
      assertThat(exitCode).as("exit code; %s%s", out, err).isEqualTo(1);
      assertThat(err).startsWith("odin: ").contains(texts);
      assertThat(err.lines()).hasSize(1);
    }
  }
}
