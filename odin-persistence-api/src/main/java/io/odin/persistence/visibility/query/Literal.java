package io.odin.persistence.visibility.query;

import java.time.Duration;

/** A value as the grammar knows it, before a field gives it a type. */
sealed interface Literal {

  /** Where it begins, and how it was written. */
  Token token();

  record Text(Token token) implements Literal {}

  record Numeral(Token token) implements Literal {}

  record Truth(Token token, Value.Bool value) implements Literal {}

  record Now(Token token, Duration offset) implements Literal {}
}
