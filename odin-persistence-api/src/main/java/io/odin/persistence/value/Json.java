package io.odin.persistence.value;

import io.odin.persistence.internal.JsonReader;
import io.odin.persistence.internal.Require;
import io.odin.persistence.internal.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * An immutable JSON document, equal by value: the order of members, white space, escapes and the
 * way a number is written do not matter. Thread-safe.
 *
 * <p>Documents are I-JSON (RFC 7493), because that is what PostgreSQL and MySQL store alike: no NUL
 * escape, no lone surrogate, no member name twice or of more than 65,535 bytes, no number that
 * neither a 64-bit integer nor a double holds as it is written, at most 100 levels. Payloads that
 * must come back byte for byte are {@link Bytes}.
 */
public final class Json implements Payload {

  private static final Json EMPTY_OBJECT = Json.of("{}");

  /** How much longer a document of any length may become when its numbers are written out. */
  private static final int FREE_EXPANSION = 16 * 1024;

  private final String text;
  // Computed on first use: most documents that are read are never compared. A race
  // computes it twice.
  private @Nullable String canonical;
  // Likewise; 0 until then.
  private volatile long size;

  private Json(String text) {
    this.text = text;
  }

  /** The document {@code {}}. */
  public static Json emptyObject() {
    return EMPTY_OBJECT;
  }

  /**
   * A document from its text, which is checked.
   *
   * @throws io.odin.persistence.error.InvalidRequestException if the text is null or not I-JSON,
   *     with the position; or if its numbers, written without exponents, more than double it and
   *     take 16 KiB more than they do now: 1e308 has 309 digits, and PostgreSQL returns all of them
   */
  public static Json of(String text) {
    JsonReader.Document document = JsonReader.read(Require.nonNull("json", text));
    long expansion = document.expansion();
    Require.that(
        expansion <= Math.max(FREE_EXPANSION, text.length()),
        "json",
        () ->
            "has numbers with exponents that are "
                + expansion
                + " characters longer when they are written out: send them as texts");
    Json json = new Json(text);
    json.canonical = document.canonical();
    json.size = Utf8.length(text) + expansion;
    return json;
  }

  /**
   * A document that a backend has stored, and that was checked when it was written. For backends
   * only.
   */
  public static Json stored(String text) {
    return new Json(Require.nonNull("json", text));
  }

  /** The text of the document: as it was given, or as the database prints it. */
  public String text() {
    return text;
  }

  /**
   * The document in the form that equal documents share: members sorted by name, no white space,
   * plain numbers.
   */
  public String canonicalText() {
    String known = canonical;
    if (known == null) {
      known = read().canonical();
    }
    return known;
  }

  /**
   * The size that {@link io.odin.persistence.Limits} count, in bytes: that of the text in UTF-8,
   * with numbers written without exponents. Of a document that a backend has stored, it is the size
   * without white space, so that what a store has returned is never larger than what it has
   * accepted.
   */
  @Override
  public long size() {
    if (size == 0) {
      read();
    }
    return size;
  }

  @Override
  public Json asJson() {
    return this;
  }

  @Override
  public Bytes asBytes() {
    throw new IllegalStateException("the payload is a JSON document, not bytes: use asJson()");
  }

  private JsonReader.Document read() {
    JsonReader.Document document = JsonReader.read(text);
    canonical = document.canonical();
    size = Utf8.length(document.canonical()) + document.expansionOfCanonical();
    return document;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Json that && canonicalText().equals(that.canonicalText());
  }

  @Override
  public int hashCode() {
    return canonicalText().hashCode();
  }

  /** The size only: payloads do not belong in a log. */
  @Override
  public String toString() {
    return "Json[" + text.length() + "]";
  }
}
