package io.odin.persistence.postgres;

import io.odin.persistence.Json;
import io.odin.persistence.internal.DatetimeText;
import io.odin.persistence.internal.JsonText;
import io.odin.persistence.sql.Parameters;
import io.odin.persistence.sql.TaskRows;
import io.odin.persistence.visibility.AttributeType;
import io.odin.persistence.visibility.query.Condition.Between;
import io.odin.persistence.visibility.query.Condition.Comparison;
import io.odin.persistence.visibility.query.Condition.In;
import io.odin.persistence.visibility.query.Condition.IsNull;
import io.odin.persistence.visibility.query.Condition.StartsWith;
import io.odin.persistence.visibility.query.Condition.Test;
import io.odin.persistence.visibility.query.Field.Attribute;
import io.odin.persistence.visibility.query.Operator;
import io.odin.persistence.visibility.query.Value;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * Tests on search attributes, which are members of one jsonb column. What is equal is found by
 * containment, which the GIN index serves. What is compared otherwise is compared as jsonb or as
 * text: there is no cast that could fail on a row that somebody has written by hand.
 */
final class PostgresAttributes {

  private final Attribute attribute;
  private final Parameters parameters;

  private PostgresAttributes(Attribute attribute, Parameters parameters) {
    this.attribute = attribute;
    this.parameters = parameters;
  }

  static Condition condition(Attribute attribute, Test test, Parameters parameters) {
    return new PostgresAttributes(attribute, parameters).condition(test);
  }

  private Condition condition(Test test) {
    return switch (test) {
      case IsNull isNull -> DSL.condition("({0}) IS NOT TRUE", DSL.field(present()));
      case Comparison(var field, Operator operator, Value value)
          when operator == Operator.EQUAL && !(value instanceof Value.Now) ->
          equal(value);
      case Comparison(var field, Operator operator, Value value) ->
          present().and(compare(operator, value));
      case In in -> DSL.or(in.values().stream().map(value -> any(value)).toList());
      case Between(var field, Value low, Value high) ->
          present()
              .and(compare(Operator.GREATER_OR_EQUAL, low))
              .and(compare(Operator.LESS_OR_EQUAL, high));
      case StartsWith(var field, String prefix) ->
          present().and(DSL.condition("starts_with({0}, {1})", text(), parameters.text(prefix)));
    };
  }

  /** There is a value of the registered type. */
  private Condition present() {
    String type =
        switch (attribute.type()) {
          case KEYWORD, DATETIME -> "string";
          case KEYWORD_LIST -> "array";
          case INT, DOUBLE -> "number";
          case BOOL -> "boolean";
        };
    Condition typed = DSL.condition("jsonb_typeof({0}) = {1}", member(), DSL.inline(type));
    return attribute.type() == AttributeType.KEYWORD_LIST
        ? typed.and(DSL.condition("{0} <> '[]'", member()))
        : typed;
  }

  private Condition any(Value value) {
    return value instanceof Value.Now
        ? present().and(compare(Operator.EQUAL, value))
        : equal(value);
  }

  private Condition equal(Value value) {
    String element = json(value);
    String wanted = attribute.type() == AttributeType.KEYWORD_LIST ? "[" + element + "]" : element;
    Json document = Json.of("{" + JsonText.quoted(attribute.name()) + ":" + wanted + "}");
    return DSL.condition("search_attributes @> {0}", parameters.of(document));
  }

  private Condition compare(Operator operator, Value value) {
    Field<?> member =
        switch (attribute.type()) {
          case INT, DOUBLE -> member();
          case KEYWORD, KEYWORD_LIST, BOOL, DATETIME -> text();
        };
    return DSL.condition("{0} {1} {2}", member, DSL.raw(operator.symbol()), comparand(value));
  }

  private Field<?> comparand(Value value) {
    return switch (value) {
      case Value.Text text -> parameters.of(text.text());
      case Value.Time time -> parameters.of(DatetimeText.of(time.instant()));
      case Value.Now now ->
          DSL.field(
              "to_char((statement_timestamp() + interval '1 microsecond' * {0}) AT TIME ZONE 'UTC',"
                  + " 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')",
              parameters.of(TaskRows.microseconds(now.offset())));
      case Value.Whole whole -> parameters.of(Json.of(json(value)));
      case Value.Decimal decimal -> parameters.of(Json.of(json(value)));
      case Value.Bool bool -> throw unexpected(value);
      case Value.RunId run -> throw unexpected(value);
      case Value.State state -> throw unexpected(value);
    };
  }

  private static String json(Value value) {
    return switch (value) {
      case Value.Text text -> JsonText.quoted(text.text());
      case Value.Time time -> JsonText.quoted(DatetimeText.of(time.instant()));
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

  private Field<Object> member() {
    return DSL.field(
        "(search_attributes -> {0})", SQLDataType.OTHER, parameters.text(attribute.name()));
  }

  /** In the order of code points, as keywords in columns are. */
  private Field<String> text() {
    return DSL.field(
        "(search_attributes ->> {0}) COLLATE \"C\"",
        SQLDataType.VARCHAR, parameters.text(attribute.name()));
  }
}
