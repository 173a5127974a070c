package io.odin.persistence.servers.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Runs programs to their end. */
public final class Command {

  private Command() {}

  /** The program of that name on the PATH. */
  public static Optional<Path> program(String name) {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.of(path.split(File.pathSeparator, -1))
        .filter(directory -> !directory.isBlank())
        .map(directory -> Path.of(directory).resolve(name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * Runs a program.
   *
   * @return what it printed
   * @throws IOException if it cannot be run or fails, with what it printed
   */
  public static String run(List<String> command) throws IOException {
    // A file, since reading from a pipe would not end when the thread is interrupted.
    Path output = Files.createTempFile("odin-command-", ".log");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      process.getOutputStream().close();
      try {
        if (process.waitFor() != 0) {
          throw new IOException(command.getFirst() + " failed:\n" + Files.readString(output));
        }
      } catch (InterruptedException e) {
        process.destroyForcibly().onExit().join();
        Thread.currentThread().interrupt();
        throw new IOException(command.getFirst() + " was interrupted", e);
      }
      return Files.readString(output);
    } finally {
      Files.delete(output);
    }
  }
}
