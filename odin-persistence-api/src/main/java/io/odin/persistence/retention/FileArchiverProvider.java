package io.odin.persistence.retention;

import io.odin.persistence.error.InvalidRequestException;
import java.net.URI;
import java.nio.file.Path;

/** Opens a directory as an archive: {@code file:/var/odin/archive}. */
public final class FileArchiverProvider implements ArchiverProvider {

  /** For the service loader. */
  public FileArchiverProvider() {}

  @Override
  public String scheme() {
    return "file";
  }

  @Override
  public Archiver open(URI location) {
    try {
      return FileArchiver.in(Path.of(location));
    } catch (IllegalArgumentException e) {
      throw new InvalidRequestException(
          "location", "is no directory: one is written like file:/var/odin/archive");
    }
  }
}
