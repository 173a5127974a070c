package io.odin.persistence.visibility.query;

import io.odin.persistence.internal.Require;
import java.util.List;

/**
 * The condition of a query: a tree of {@link Test tests}, checked against the types of the fields.
 * Immutable.
 *
 * <p>A run that has no value for a field passes neither a test of this field nor its negation:
 * {@code Region != 'eu'}, {@code Region NOT IN ('eu')} and {@code NOT (Region = 'eu')} find no run
 * without a region. Only {@link IsNull} matches a missing value. An empty list of keywords and a
 * JSON null are missing values.
 *
 * <p>These are the results of SQL's three-valued logic. Yet two values are enough to evaluate a
 * condition, since only tests are negated: {@link #negated} moves the negation there.
 */
public sealed interface Condition {

  /**
   * The negation with the meaning of NOT in SQL: it matches the runs that do not match this
   * condition and have all values that it needs.
   */
  Condition negated();

  /** A test of one field. */
  sealed interface Test extends Condition {

    /** The field. */
    Field field();

    @Override
    default Condition negated() {
      return new Not(this);
    }
  }

  /**
   * At least one alternative holds.
   *
   * @param alternatives at least one
   */
  record Or(List<Condition> alternatives) implements Condition {

    /** Refuses null and an empty list. */
    public Or {
      alternatives = copy("alternatives", alternatives);
    }

    @Override
    public Condition negated() {
      return new And(alternatives.stream().map(Condition::negated).toList());
    }
  }

  /**
   * All parts hold.
   *
   * @param parts at least one
   */
  record And(List<Condition> parts) implements Condition {

    /** Refuses null and an empty list. */
    public And {
      parts = copy("parts", parts);
    }

    @Override
    public Condition negated() {
      return new Or(parts.stream().map(Condition::negated).toList());
    }
  }

  /**
   * The run has a value for the field, and the test does not hold for it; of {@link IsNull}: the
   * run has a value.
   *
   * @param test never a comparison in a bound query: those have their {@link Operator#negated}
   */
  record Not(Test test) implements Condition {

    /** Refuses null. */
    public Not {
      Require.nonNull("test", test);
    }

    @Override
    public Condition negated() {
      return test;
    }
  }

  /**
   * A comparison of the field with a value.
   *
   * @param field of any type; for lists of keywords, booleans and states only {@code =} and {@code
   *     !=}
   * @param operator the operator
   * @param value of the field's type
   */
  record Comparison(Field field, Operator operator, Value value) implements Test {

    /** Refuses null. */
    public Comparison {
      Require.nonNull("field", field);
      Require.nonNull("operator", operator);
      Require.nonNull("value", value);
    }

    @Override
    public Condition negated() {
      return new Comparison(field, operator.negated(), value);
    }
  }

  /**
   * The field equals one of the values; for a list of keywords, one of its elements does.
   *
   * @param field of any type
   * @param values 1 to 256, of the field's type
   */
  record In(Field field, List<Value> values) implements Test {

    /** Refuses null and an empty list. */
    public In {
      Require.nonNull("field", field);
      values = copy("values", values);
    }
  }

  /**
   * The field lies within the bounds, both included.
   *
   * @param field of a type that has an order
   * @param low the lower bound, of the field's type
   * @param high the upper bound, of the field's type; nothing lies within swapped bounds
   */
  record Between(Field field, Value low, Value high) implements Test {

    /** Refuses null. */
    public Between {
      Require.nonNull("field", field);
      Require.nonNull("low", low);
      Require.nonNull("high", high);
    }
  }

  /**
   * The run has no value for the field.
   *
   * @param field of any type
   */
  record IsNull(Field field) implements Test {

    /** Refuses null. */
    public IsNull {
      Require.nonNull("field", field);
    }
  }

  /**
   * The field begins with exactly these characters; there are no wildcards.
   *
   * @param field a keyword or a tag
   * @param prefix may be empty
   */
  record StartsWith(Field field, String prefix) implements Test {

    /** Refuses null. */
    public StartsWith {
      Require.nonNull("field", field);
      Require.nonNull("prefix", prefix);
    }
  }

  private static <T> List<T> copy(String field, List<T> given) {
    Require.nonNull(field, given).forEach(each -> Require.nonNull(field, each));
    Require.that(!given.isEmpty(), field, "is empty: at least one is needed");
    return List.copyOf(given);
  }
}
