package io.odin.persistence;

import io.odin.persistence.internal.JsonReader;
import io.odin.persistence.internal.Require;
import org.jspecify.annotations.Nullable;

/**
 * An immutable JSON document, equal by value: the order of members, white space, escapes and the
 * way a number is written do not matter. Thread-safe.
 *
 * <p>Documents are I-JSON (RFC 7493), because that is what PostgreSQL and MySQL store alike: no NUL
 * escape, no lone surrogate, no member name twice, no number that neither a 64-bit integer nor a
 * double holds as it is written, at most 100 levels. Payloads that must come back byte for byte are
 * {@link Bytes}.
 */
public final class Json {

  private static final Json EMPTY_OBJECT = Json.of("{}");

  private final String text;
  // Computed on first use: most documents that are read are never compared. A race
  // computes it twice.
  private @Nullable String canonical;

  private Json(String text, @Nullable String canonical) {
    this.text = text;
    this.canonical = canonical;
  }

  /** The document {@code {}}. */
  public static Json emptyObject() {
    return EMPTY_OBJECT;
  }

  /**
   * A document from its text, which is checked.
   *
   * @throws io.odin.persistence.error.InvalidRequestException if the text is null or not I-JSON,
   *     with the position
   */
  public static Json of(String text) {
    return new Json(text, JsonReader.canonical(Require.nonNull("json", text)));
  }

  /**
   * A document that a backend has stored, and that was checked when it was written. For backends
   * only.
   */
  public static Json stored(String text) {
    return new Json(Require.nonNull("json", text), null);
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
      known = JsonReader.canonical(text);
      canonical = known;
    }
    return known;
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
