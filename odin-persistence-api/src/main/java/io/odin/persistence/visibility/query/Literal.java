package io.odin.persistence.visibility.query;

import java.time.Duration;

/** A value as it was written, before the field determines its type. */
sealed interface Literal {

  /** The token of the value. */
  Token token();

  record Text(Token token) implements Literal {}

  record Numeral(Token token) implements Literal {}

  /** A duration without quotes. */
  record Period(Token token) implements Literal {}

  record Bool(Token token, Value.Bool value) implements Literal {}

  record Now(Token token, Duration offset) implements Literal {}
}
