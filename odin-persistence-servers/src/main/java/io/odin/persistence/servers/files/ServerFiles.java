package io.odin.persistence.servers.files;

import java.io.IOException;
import java.nio.file.Path;

/** The files of a server, in a directory of their own that goes when they are closed. */
public class ServerFiles implements AutoCloseable {

  private final Path directory;

  ServerFiles(Path directory) {
    this.directory = directory;
  }

  /** Where the server may make files. */
  public Path directory() {
    return directory;
  }

  /**
   * Takes all space that is free, until {@link #free}.
   *
   * @throws IllegalStateException if others have files on the same disk
   */
  public void fill() throws IOException {
    throw new IllegalStateException("the server has no disk of its own: start it on one");
  }

  /** Gives back what {@link #fill} took. */
  public void free() throws IOException {}

  /** Deletes all of them. Idempotent. */
  @Override
  public void close() throws IOException {
    Cache.delete(directory);
  }
}
