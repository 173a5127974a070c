package io.odin.persistence.consumers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A running program, whose output is kept in two files of its folder. Closing it ends it. */
final class Program implements AutoCloseable {

  private static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));

  private final Process process;
  private final Path out;
  private final Path log;

  private Program(Process process, Path out, Path log) {
    this.process = process;
    this.out = out;
    this.log = log;
  }

  /** Starts a program in a folder, with the JDK of this process. */
  static Program start(Path folder, List<String> command) throws IOException {
    Path out = folder.resolve("out.txt");
    Path log = folder.resolve("log.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(log.toFile());
    builder.environment().put("JAVA_HOME", JAVA_HOME.toString());
    return new Program(builder.start(), out, log);
  }

  /** Runs a program to its end. */
  static Output run(Path folder, List<String> command, Duration timeout) throws IOException {
    try (Program program = start(folder, command)) {
      return program.await(timeout);
    }
  }

  /** The command that starts java with arguments. */
  static List<String> java(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(JAVA_HOME.resolve("bin").resolve("java").toString());
    command.addAll(List.of(arguments));
    return command;
  }

  /** What it has written to standard output so far. */
  String out() throws IOException {
    return Files.readString(out);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Asks it to end, as an operator does. */
  void terminate() {
    process.destroy();
  }

  /** Waits for its end. */
  Output await(Duration timeout) throws IOException {
    try {
      if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException(
            "still running after " + timeout + ":\n" + out() + Files.readString(log));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
    return new Output(process.exitValue(), out(), Files.readString(log));
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
