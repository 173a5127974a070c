package io.odin.persistence.cli.demo;

import io.odin.persistence.servers.process.AtExit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A directory that is deleted with its content when it is closed, or when the JVM ends. */
final class TemporaryDirectory implements AutoCloseable {

  private final Path path;
  private final Runnable atExit = this::delete;

  private TemporaryDirectory(Path path) {
    this.path = path;
  }

  static TemporaryDirectory create() throws IOException {
    TemporaryDirectory directory =
        new TemporaryDirectory(Files.createTempDirectory("odin-demo-archive-"));
    try {
      AtExit.add(directory.atExit);
    } catch (IllegalStateException e) {
      directory.delete();
      throw e;
    }
    return directory;
  }

  Path path() {
    return path;
  }

  @Override
  public void close() {
    AtExit.remove(atExit);
    delete();
  }

  private synchronized void delete() {
    if (!Files.exists(path)) {
      return;
    }
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a temporary directory could not be removed", e);
    }
  }
}
