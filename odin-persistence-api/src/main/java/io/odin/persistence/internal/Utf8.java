package io.odin.persistence.internal;

/** The size of texts in UTF-8, without making a copy. */
public final class Utf8 {

  private Utf8() {}

  /** The number of bytes of a text; a lone surrogate counts as one byte, as '?' does. */
  public static long length(String text) {
    long bytes = text.length();
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (unit >= 0x80) {
        if (unit < 0x800) {
          bytes++;
        } else if (!Character.isSurrogate(unit)) {
          bytes += 2;
        } else if (i + 1 < text.length() && Character.isSurrogatePair(unit, text.charAt(i + 1))) {
          bytes += 2;
          i++;
        }
      }
    }
    return bytes;
  }
}
