package io.odin.persistence.visibility.query;

import io.odin.persistence.internal.Require;
import io.odin.persistence.run.WorkflowState;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** The type of a field: the literals that it accepts, and their values. */
enum FieldType {
  KEYWORD("a text in single quotes"),
  KEYWORD_LIST("a text in single quotes"),
  WHOLE("a whole number of 64 bits"),
  MILLISECONDS("a whole number of milliseconds, or a duration such as '36h',"),
  DECIMAL("a number that a double holds"),
  BOOL("true or false"),
  TIME("now(), or an instant from 1970 to 9999 such as '2026-03-01T09:30:00Z',"),
  RUN_ID("a run id in single quotes, which is a UUID,"),
  STATE(
      Arrays.stream(WorkflowState.values())
          .map(state -> "'" + state.value() + "'")
          .collect(Collectors.joining(", ", "one of ", ",")));

  private final String expected;

  FieldType(String expected) {
    this.expected = expected;
  }

  static FieldType of(AttributeType type) {
    return switch (type) {
      case KEYWORD -> KEYWORD;
      case KEYWORD_LIST -> KEYWORD_LIST;
      case INT -> WHOLE;
      case DOUBLE -> DECIMAL;
      case BOOL -> BOOL;
      case DATETIME -> TIME;
    };
  }

  /** The accepted literals, to be followed by "is expected". */
  String expected() {
    return expected;
  }

  boolean isOrdered() {
    return switch (this) {
      case KEYWORD_LIST, BOOL, STATE -> false;
      case KEYWORD, WHOLE, MILLISECONDS, DECIMAL, TIME, RUN_ID -> true;
    };
  }

  /** The value of a literal; empty if it has another type. */
  Optional<Value> read(Literal literal) {
    return switch (literal) {
      case Literal.Text text -> text(text.token());
      case Literal.Numeral number -> number(number.token().content());
      case Literal.Bool bool -> this == BOOL ? Optional.of(bool.value()) : Optional.empty();
      case Literal.Now now ->
          this == TIME ? Optional.of(new Value.Now(now.offset())) : Optional.empty();
    };
  }

  private Optional<Value> text(Token token) {
    String text = token.content();
    return switch (this) {
      case KEYWORD, KEYWORD_LIST -> Optional.of(new Value.Text(text));
      case TIME -> time(text);
      case RUN_ID -> runId(text);
      case STATE -> state(text);
      case MILLISECONDS -> Optional.of(new Value.Whole(Durations.parse(token).toMillis()));
      case WHOLE, DECIMAL, BOOL -> Optional.empty();
    };
  }

  private Optional<Value> number(String text) {
    return switch (this) {
      case WHOLE, MILLISECONDS -> whole(text);
      case DECIMAL ->
          Optional.of(Double.parseDouble(text)).filter(Double::isFinite).map(Value.Decimal::new);
      case KEYWORD, KEYWORD_LIST, BOOL, TIME, RUN_ID, STATE -> Optional.empty();
    };
  }

  private static Optional<Value> whole(String text) {
    try {
      return Optional.of(new Value.Whole(Long.parseLong(text)));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<Value> time(String text) {
    try {
      Instant instant = OffsetDateTime.parse(text).toInstant();
      return instant.isBefore(Require.EARLIEST) || instant.isAfter(Require.LATEST)
          ? Optional.empty()
          : Optional.of(new Value.Time(instant));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** In full, since Java accepts shorter forms too. */
  private static Optional<Value> runId(String text) {
    try {
      UUID id = UUID.fromString(text);
      return id.toString().equalsIgnoreCase(text)
          ? Optional.of(new Value.RunId(id))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** In any case, and with or without underscores: 'TimedOut', 'timed_out', 'TIMED_OUT'. */
  private static Optional<Value> state(String text) {
    return Arrays.stream(WorkflowState.values())
        .filter(state -> plain(state.value()).equals(plain(text)))
        .findFirst()
        .map(Value.State::new);
  }

  private static String plain(String state) {
    return state.replace("_", "").toLowerCase(Locale.ROOT);
  }
}
