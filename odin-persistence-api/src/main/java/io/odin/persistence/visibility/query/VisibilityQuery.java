package io.odin.persistence.visibility.query;

import io.odin.persistence.internal.Require;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A query over the runs of a namespace, in the language of docs/visibility-queries.md. Its text is
 * grammatical; the attributes that it names are checked when it is bound.
 *
 * <p>The language is that of Temporal's list filters where a text can mean one thing only. What
 * could mean two is refused, with what to write: a plain number for {@code ExecutionDuration},
 * which would be milliseconds or nanoseconds; a number for an instant that could be in several
 * units; an instant without an offset. The order and the groups of runs are parameters of {@link
 * io.odin.persistence.visibility.VisibilityStore}, and no part of a query.
 *
 * <p>Immutable; equal if the texts are equal.
 */
public final class VisibilityQuery {

  private static final VisibilityQuery ALL = new VisibilityQuery("", null);

  private final String text;
  private final @Nullable Unbound condition;

  private VisibilityQuery(String text, @Nullable Unbound condition) {
    this.text = text;
    this.condition = condition;
  }

  /** The query that matches every run of the namespace. */
  public static VisibilityQuery all() {
    return ALL;
  }

  /**
   * Reads a query.
   *
   * @param text at most 8 KB in UTF-8, parentheses at most 16 deep, at most 64 tests, at most 256
   *     values in an IN; a blank text is {@link #all()}
   * @throws io.odin.persistence.error.InvalidRequestException if the text is null, over a limit or
   *     ungrammatical; with the position, the text found there and what was expected
   */
  public static VisibilityQuery parse(String text) {
    return Require.nonNull("query", text).isBlank()
        ? ALL
        : new VisibilityQuery(text, new Parser(text).query());
  }

  /** The text as it was given; empty for {@link #all()}. */
  public String text() {
    return text;
  }

  /**
   * Resolves the fields and checks the types of the values. Tests of whole numbers by numbers with
   * fractions become tests by whole numbers that hold for the same runs; a test that can hold for
   * none becomes a {@link Condition.Between} with swapped bounds.
   *
   * @param attributes the attributes that the namespace has registered, by name
   * @return empty if every run matches
   * @throws io.odin.persistence.error.InvalidRequestException if a field is unknown, with the known
   *     name that is near, if there is exactly one; if a value is not of its field's type; if the
   *     type of the field does not support the test (an order of lists, booleans and states, a
   *     prefix of anything but a keyword); each with the position
   */
  public Optional<Condition> bind(Map<String, AttributeType> attributes) {
    Fields fields = new Fields(Require.nonNull("attributes", attributes));
    return Optional.ofNullable(condition).map(unbound -> unbound.bind(fields));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof VisibilityQuery that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** The text: users must not put secrets into queries. */
  @Override
  public String toString() {
    return "VisibilityQuery[" + text + "]";
  }
}
