package io.odin.persistence.sql.visibility;

import io.odin.persistence.internal.DatetimeText;
import io.odin.persistence.internal.JsonWriter;
import io.odin.persistence.sql.database.Dialect;
import io.odin.persistence.sql.statement.Deferred;
import io.odin.persistence.sql.statement.Parameters;
import io.odin.persistence.value.Json;
import io.odin.persistence.visibility.query.Condition.Between;
import io.odin.persistence.visibility.query.Condition.Comparison;
import io.odin.persistence.visibility.query.Condition.In;
import io.odin.persistence.visibility.query.Condition.IsNull;
import io.odin.persistence.visibility.query.Condition.StartsWith;
import io.odin.persistence.visibility.query.Condition.Test;
import io.odin.persistence.visibility.query.Field.Attribute;
import io.odin.persistence.visibility.query.Operator;
import io.odin.persistence.visibility.query.Value;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;

/**
 * Tests on a search attribute, which is a member of the JSON document search_attributes. A dialect
 * says how it finds what is equal, and how it compares; there must be no cast that could fail on a
 * row that somebody has written by hand. Each method binds its values when it is called, and what
 * it returns depends on their types and number alone. Not thread-safe.
 */
public abstract class AttributeCondition {

  private final Attribute attribute;
  private final Parameters parameters;

  /**
   * Begins the tests of one attribute.
   *
   * @param parameters what each value is bound with
   */
  protected AttributeCondition(Attribute attribute, Parameters parameters) {
    this.attribute = attribute;
    this.parameters = parameters;
  }

  /** Whether a run passes a test; see {@link Dialect#attribute}. */
  public final Deferred<Condition> of(Test test) {
    return switch (test) {
      case IsNull isNull ->
          present().map(present -> DSL.condition("({0}) IS NOT TRUE", DSL.field(present)));
      case Comparison(var field, Operator operator, Value value) when operator == Operator.EQUAL ->
          any(List.of(value));
      case Comparison(var field, Operator operator, Value value) ->
          and(present(), compare(operator, value));
      case In in -> any(in.values());
      case Between(var field, Value low, Value high) ->
          and(
              and(present(), compare(Operator.GREATER_OR_EQUAL, low)),
              compare(Operator.LESS_OR_EQUAL, high));
      case StartsWith(var field, String prefix) -> and(present(), startsWith(prefix));
    };
  }

  /** The attribute. */
  protected final Attribute attribute() {
    return attribute;
  }

  /** What each value is bound with. */
  protected final Parameters parameters() {
    return parameters;
  }

  /** There is a value of the registered type. */
  protected abstract Deferred<Condition> present();

  /**
   * There is a value of the registered type, and it is, or among others is, one of these.
   *
   * @param elements the values as JSON; not empty
   */
  protected abstract Deferred<Condition> anyOf(List<String> elements);

  /** The value as a JSON value. */
  protected abstract Deferred<Field<Object>> member();

  /** The value as a text, in the order of code points, as keywords in columns are. */
  protected abstract Deferred<Field<String>> text();

  /** A number as a JSON value. */
  protected abstract Deferred<? extends Field<?>> number(Json number);

  /** The statement's beginning plus a number of microseconds, as JSON writes an instant. */
  protected abstract Deferred<? extends Field<?>> nowAnd(Deferred<Field<Object>> microseconds);

  /** The text begins with that one. */
  protected abstract Deferred<Condition> startsWith(String prefix);

  /** Both hold. */
  protected static Deferred<Condition> and(Deferred<Condition> first, Deferred<Condition> second) {
    return Deferred.both(first, second, Condition::and);
  }

  /** One of them holds. */
  protected static Deferred<Condition> or(List<Deferred<Condition>> alternatives) {
    return Deferred.all(alternatives, each -> DSL.or(each));
  }

  private Deferred<Condition> any(List<Value> values) {
    List<Deferred<Condition>> alternatives = new ArrayList<>();
    List<String> elements = new ArrayList<>();
    for (Value value : values) {
      if (value instanceof Value.Now) {
        alternatives.add(and(present(), compare(Operator.EQUAL, value)));
      } else {
        elements.add(json(value));
      }
    }
    if (!elements.isEmpty()) {
      alternatives.add(anyOf(elements));
    }
    return or(alternatives);
  }

  private Deferred<Condition> compare(Operator operator, Value value) {
    Deferred<? extends Field<?>> stored =
        switch (attribute.type()) {
          case INT, DOUBLE -> member();
          case KEYWORD, KEYWORD_LIST, BOOL, DATETIME -> text();
        };
    return Deferred.both(
        stored,
        comparand(value),
        (left, right) -> DSL.condition("{0} {1} {2}", left, DSL.raw(operator.symbol()), right));
  }

  private Deferred<? extends Field<?>> comparand(Value value) {
    return switch (value) {
      case Value.Text text -> parameters.of(text.text());
      case Value.Time time -> parameters.of(DatetimeText.of(time.instant()));
      case Value.Now now -> nowAnd(parameters.of(now.offset()));
      case Value.Whole whole -> number(Json.of(json(value)));
      case Value.Decimal decimal -> number(Json.of(json(value)));
      case Value.Bool bool -> throw unexpected(value);
      case Value.RunId run -> throw unexpected(value);
      case Value.State state -> throw unexpected(value);
    };
  }

  private static String json(Value value) {
    return switch (value) {
      case Value.Text text -> JsonWriter.quoted(text.text());
      case Value.Time time -> JsonWriter.quoted(DatetimeText.of(time.instant()));
      case Value.Whole whole -> Long.toString(whole.number());
      case Value.Decimal decimal -> Double.toString(decimal.number());
      case Value.Bool bool -> Boolean.toString(bool == Value.Bool.TRUE);
      case Value.Now now -> throw unexpected(value);
      case Value.RunId run -> throw unexpected(value);
      case Value.State state -> throw unexpected(value);
    };
  }

  private static IllegalStateException unexpected(Value value) {
    return new IllegalStateException(value + " is no value of a search attribute");
  }
}
