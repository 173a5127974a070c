package io.odin.persistence.visibility.query;

import io.odin.persistence.internal.Require;
import io.odin.persistence.run.WorkflowState;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * A value that a field is compared with; in a bound query it has the type of the field. Immutable.
 */
public sealed interface Value {

  /**
   * For keywords, lists of keywords and tags. Exact, case-sensitive, ordered by code points.
   *
   * @param text any text, also the empty one
   */
  record Text(String text) implements Value {

    /** Refuses null. */
    public Text {
      Require.nonNull("text", text);
    }
  }

  /**
   * For whole numbers.
   *
   * @param number any
   */
  record Whole(long number) implements Value {}

  /**
   * For attributes of the type Double.
   *
   * @param number a finite number
   */
  record Decimal(double number) implements Value {

    /** Refuses infinity and NaN. */
    public Decimal {
      Require.that(Double.isFinite(number), "number", "is " + number + ": it must be finite");
    }
  }

  /** For attributes of the type Bool. */
  enum Bool implements Value {
    /** True. */
    TRUE,
    /** False. */
    FALSE
  }

  /**
   * For instants.
   *
   * @param instant truncated to microseconds
   */
  record Time(Instant instant) implements Value {

    /** Truncates to microseconds; refuses null and instants that no backend can store. */
    public Time {
      instant = Require.instant("instant", instant);
    }
  }

  /**
   * For instants: the database's now when the query runs, plus an offset.
   *
   * @param offset negative for the past; truncated to microseconds
   */
  record Now(Duration offset) implements Value {

    /** Truncates to microseconds; refuses null and offsets of more than 36500 days. */
    public Now {
      Require.nonNull("offset", offset);
      Require.that(
          offset.compareTo(Require.LONGEST) <= 0
              && offset.compareTo(Require.LONGEST.negated()) >= 0,
          "offset",
          "is " + offset + ": it must be within 36500 days");
      offset = offset.truncatedTo(ChronoUnit.MICROS);
    }
  }

  /**
   * For run ids. Ordered by their texts.
   *
   * @param id the run id
   */
  record RunId(UUID id) implements Value {

    /** Refuses null. */
    public RunId {
      Require.nonNull("id", id);
    }
  }

  /**
   * For the state of a run.
   *
   * @param state any
   */
  record State(WorkflowState state) implements Value {

    /** Refuses null. */
    public State {
      Require.nonNull("state", state);
    }
  }
}
