package io.odin.persistence.error;

import java.util.OptionalInt;

/**
 * The request can never succeed unchanged; detected before any SQL, and the same on every backend.
 */
public final class InvalidRequestException extends PersistenceException {

  private static final long serialVersionUID = 1L;

  private final String field;
  private final String reason;
  private final int position;

  /**
   * Refuses a field.
   *
   * @param field the parameter or component at fault, as its accessor is named
   * @param reason what was wrong and what is expected, as the rest of a sentence that begins with
   *     the field
   */
  public InvalidRequestException(String field, String reason) {
    this(field, reason, -1);
  }

  /**
   * Refuses a text at a position.
   *
   * @param field the parameter or component at fault
   * @param reason what was wrong and what is expected
   * @param position the offset of the fault in the text, counted from 0 in UTF-16 units
   */
  public InvalidRequestException(String field, String reason, int position) {
    super(
        Outcome.NOT_APPLIED,
        Retry.NEVER,
        field + " " + reason + (position < 0 ? "" : " (at position " + position + ")"),
        null);
    this.field = field;
    this.reason = reason;
    this.position = position;
  }

  /** The name of the parameter or component at fault. */
  public String field() {
    return field;
  }

  /** The fault, and what to do. */
  public String reason() {
    return reason;
  }

  /** The position of the fault, if the field is a text. */
  public OptionalInt position() {
    return position < 0 ? OptionalInt.empty() : OptionalInt.of(position);
  }
}
