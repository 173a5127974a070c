package io.odin.persistence.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Standard output cannot be written. */
final class OutputFailedException extends UncheckedIOException {

  private static final long serialVersionUID = 1L;

  private static final int TYPE_OF_FILE = 0170000;
  private static final int PIPE = 0010000;
  private static final int SOCKET = 0140000;

  OutputFailedException(IOException cause) {
    super("standard output cannot be written: " + cause.getMessage(), cause);
  }

  /** Whether it was a pipe whose reader was closed, as that of {@code odin monitor | head} does. */
  boolean isReaderClosed() {
    try {
      // The message of the system says so too, but in the user's language.
      int mode = (Integer) Files.getAttribute(Path.of("/dev/stdout"), "unix:mode");
      int type = mode & TYPE_OF_FILE;
      return type == PIPE || type == SOCKET;
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }
}
