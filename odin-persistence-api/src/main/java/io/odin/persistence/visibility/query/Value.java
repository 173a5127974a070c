package io.odin.persistence.visibility.query;

import io.odin.persistence.execution.WorkflowState;
import io.odin.persistence.internal.Require;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** What a field is compared with; in a bound query always of the field's own type. Immutable. */
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

    /** Refuses infinity and what is not a number. */
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

    /** Truncates to microseconds; refuses null and what no backend can hold. */
    public Time {
      instant = Require.instant("instant", instant);
    }
  }

  /**
   * For instants: the time of the database's clock when the query runs, and so much later.
   *
   * @param offset negative for the past; truncated to microseconds
   */
  record Now(Duration offset) implements Value {

    /** Truncates to microseconds; refuses null and what lies further away than 36500 days. */
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
   * For run ids. Ordered as their texts are.
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
