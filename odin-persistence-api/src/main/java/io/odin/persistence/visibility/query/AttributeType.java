package io.odin.persistence.visibility.query;

import java.util.Arrays;

/** The types of search attributes. A namespace registers each attribute under one of them. */
public enum AttributeType {
  /** One text, exact and case-sensitive. */
  KEYWORD("Keyword"),
  /** A list of texts, of which any may match. */
  KEYWORD_LIST("KeywordList"),
  /** A whole number of 64 bits. */
  INT("Int"),
  /** A number. */
  DOUBLE("Double"),
  /** True or false. */
  BOOL("Bool"),
  /** An instant, to the microsecond. */
  DATETIME("Datetime");

  private final String value;

  AttributeType(String value) {
    this.value = value;
  }

  /** The name that is stored. */
  public String value() {
    return value;
  }

  /**
   * The type with a stored name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static AttributeType of(String value) {
    return Arrays.stream(values())
        .filter(type -> type.value.equals(value))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no attribute type is called " + value));
  }
}
