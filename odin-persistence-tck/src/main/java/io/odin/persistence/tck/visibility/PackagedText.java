package io.odin.persistence.tck.visibility;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The texts that are packed into the jar next to the classes of this package. */
final class PackagedText {

  private PackagedText() {}

  /** The text of a file, in UTF-8. */
  static String of(String file) {
    try (InputStream text =
        Objects.requireNonNull(PackagedText.class.getResourceAsStream(file), file)) {
      return new String(text.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
