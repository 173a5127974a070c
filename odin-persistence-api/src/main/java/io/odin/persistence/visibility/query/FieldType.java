package io.odin.persistence.visibility.query;

import io.odin.persistence.run.WorkflowState;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** The type of a field: the literals that it accepts, and their values. */
enum FieldType {
  KEYWORD("a text in quotes"),
  KEYWORD_LIST("a text in quotes"),
  WHOLE("a number within 64 bits"),
  DURATION(Durations.EXPECTED),
  MILLISECONDS("a number of milliseconds, or " + Durations.EXPECTED),
  DECIMAL("a number that a double holds"),
  BOOL("true or false"),
  TIME("now(), or an instant from 1970 to 9999 such as '2026-03-01T09:30:00Z',"),
  RUN_ID("a run id in quotes, which is a UUID,"),
  STATE(
      Arrays.stream(WorkflowState.values())
          .map(state -> "'" + state.value() + "'")
          .collect(Collectors.joining(", ", "one of ", ",")));

  private static final int NANOSECOND_DIGITS = 6;

  /** The states from 1 on, as Temporal's API numbers them. */
  private static final List<WorkflowState> NUMBERED =
      List.of(
          WorkflowState.RUNNING,
          WorkflowState.COMPLETED,
          WorkflowState.FAILED,
          WorkflowState.CANCELED,
          WorkflowState.TERMINATED,
          WorkflowState.CONTINUED_AS_NEW,
          WorkflowState.TIMED_OUT);

  /** How Temporal's API writes the states. */
  private static final String PREFIX_OF_STATE = "workflowexecutionstatus";

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

  /** What to write in the place of a literal that could mean several things; may be empty. */
  String advice(Literal literal) {
    String written = literal.token().content();
    if (this == DURATION && written.matches("[-+]?[0-9.]+")) {
      return ": a number could be one of milliseconds or, as in Temporal, of nanoseconds; add the"
          + " unit, or ask for DurationMs";
    }
    if (this == TIME && written.matches("[0-9]+")) {
      return ": the number could be one of seconds, milliseconds, microseconds or nanoseconds";
    }
    if (this == TIME && Instants.isLocal(written)) {
      return ": add the time, if it is missing, and the offset from UTC, such as Z or +01:00";
    }
    return "";
  }

  boolean isOrdered() {
    return switch (this) {
      case KEYWORD_LIST, BOOL, STATE -> false;
      case KEYWORD, WHOLE, DURATION, MILLISECONDS, DECIMAL, TIME, RUN_ID -> true;
    };
  }

  /** Whether the values are whole numbers: then literals are read by {@link #number}. */
  boolean isWhole() {
    return switch (this) {
      case WHOLE, DURATION, MILLISECONDS -> true;
      case KEYWORD, KEYWORD_LIST, DECIMAL, BOOL, TIME, RUN_ID, STATE -> false;
    };
  }

  /** The number that a field of whole numbers is compared with; empty if it is none. */
  Optional<BigDecimal> number(Literal literal) {
    return switch (literal) {
      case Literal.Numeral numeral ->
          WholeTests.number(numeral.token().content())
              .filter(number -> this != DURATION || number.signum() == 0);
      case Literal.Text text -> milliseconds(text.token());
      case Literal.Period period -> milliseconds(period.token());
      case Literal.Bool bool -> Optional.empty();
      case Literal.Now now -> Optional.empty();
    };
  }

  private Optional<BigDecimal> milliseconds(Token duration) {
    return this == WHOLE
        ? Optional.empty()
        : Durations.of(duration.content())
            .map(read -> BigDecimal.valueOf(read.toNanos(), NANOSECOND_DIGITS));
  }

  /** The value of a literal; empty if it has another type. */
  Optional<Value> read(Literal literal) {
    return switch (literal) {
      case Literal.Text text -> text(text.token().content());
      case Literal.Numeral number -> number(number.token().content());
      case Literal.Period period -> Optional.empty();
      case Literal.Bool bool -> this == BOOL ? Optional.of(bool.value()) : Optional.empty();
      case Literal.Now now ->
          this == TIME ? Optional.of(new Value.Now(now.offset())) : Optional.empty();
    };
  }

  private Optional<Value> text(String text) {
    return switch (this) {
      case KEYWORD, KEYWORD_LIST -> Optional.of(new Value.Text(text));
      case TIME -> Instants.ofText(text).map(Value.Time::new);
      case RUN_ID -> runId(text);
      case STATE -> state(text);
      case WHOLE, DURATION, MILLISECONDS, DECIMAL, BOOL -> Optional.empty();
    };
  }

  private Optional<Value> number(String text) {
    return switch (this) {
      case DECIMAL ->
          Optional.of(Double.parseDouble(text)).filter(Double::isFinite).map(Value.Decimal::new);
      case TIME -> Instants.ofNumber(text).map(Value.Time::new);
      case STATE ->
          NUMBERED.stream()
              .filter(state -> text.equals(String.valueOf(NUMBERED.indexOf(state) + 1)))
              .findFirst()
              .map(Value.State::new);
      case KEYWORD, KEYWORD_LIST, WHOLE, DURATION, MILLISECONDS, BOOL, RUN_ID -> Optional.empty();
    };
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
    String sought = plain(text);
    return Arrays.stream(WorkflowState.values())
        .filter(
            state ->
                sought.equals(plain(state.value()))
                    || sought.equals(PREFIX_OF_STATE + plain(state.value())))
        .findFirst()
        .map(Value.State::new);
  }

  private static String plain(String state) {
    return state.replace("_", "").toLowerCase(Locale.ROOT);
  }
}
