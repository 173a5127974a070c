package io.odin.persistence.postgres;

import io.odin.persistence.internal.JsonWriter;
import io.odin.persistence.sql.statement.Deferred;
import io.odin.persistence.sql.statement.Parameters;
import io.odin.persistence.sql.visibility.AttributeCondition;
import io.odin.persistence.value.Json;
import io.odin.persistence.visibility.query.AttributeType;
import io.odin.persistence.visibility.query.Field.Attribute;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * Tests on search attributes, which are members of one jsonb column. What is equal is found by
 * containment, which the GIN index serves. What is compared otherwise is compared as jsonb or as
 * text.
 */
final class PostgresAttributes extends AttributeCondition {

  PostgresAttributes(Attribute attribute, Parameters parameters) {
    super(attribute, parameters);
  }

  @Override
  protected Deferred<Condition> present() {
    String type =
        switch (attribute().type()) {
          case KEYWORD, DATETIME -> "string";
          case KEYWORD_LIST -> "array";
          case INT, DOUBLE -> "number";
          case BOOL -> "boolean";
        };
    Deferred<Condition> typed =
        member().map(member -> DSL.condition("jsonb_typeof({0}) = {1}", member, DSL.inline(type)));
    return attribute().type() == AttributeType.KEYWORD_LIST
        ? and(typed, member().map(member -> DSL.condition("{0} <> '[]'", member)))
        : typed;
  }

  @Override
  protected Deferred<Condition> anyOf(List<String> elements) {
    return or(elements.stream().map(this::equal).toList());
  }

  private Deferred<Condition> equal(String element) {
    String wanted =
        attribute().type() == AttributeType.KEYWORD_LIST ? "[" + element + "]" : element;
    Json document = Json.of("{" + JsonWriter.quoted(attribute().name()) + ":" + wanted + "}");
    return jsonb(document).map(json -> DSL.condition("search_attributes @> {0}", json));
  }

  @Override
  protected Deferred<Field<Object>> member() {
    return parameters()
        .text(attribute().name())
        .map(name -> DSL.field("(search_attributes -> {0})", SQLDataType.OTHER, name));
  }

  @Override
  protected Deferred<Field<String>> text() {
    return parameters()
        .text(attribute().name())
        .map(
            name ->
                DSL.field("(search_attributes ->> {0}) COLLATE \"C\"", SQLDataType.VARCHAR, name));
  }

  @Override
  protected Deferred<Field<Object>> number(Json number) {
    return jsonb(number);
  }

  /**
   * Bound as a text: while it does not know the types of all values, the driver waits for the reply
   * to the statement before this one, which is a round trip more.
   */
  private Deferred<Field<Object>> jsonb(Json value) {
    return parameters()
        .text(value.text())
        .map(text -> DSL.field("CAST({0} AS jsonb)", SQLDataType.OTHER, text));
  }

  @Override
  protected Deferred<Field<Object>> nowAnd(Deferred<Field<Object>> microseconds) {
    return microseconds.map(
        offset ->
            DSL.field(
                "to_char((statement_timestamp() + interval '1 microsecond' * {0}) AT TIME ZONE"
                    + " 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')",
                SQLDataType.OTHER, offset));
  }

  @Override
  protected Deferred<Condition> startsWith(String prefix) {
    return Deferred.both(
        text(),
        parameters().text(prefix),
        (text, wanted) -> DSL.condition("starts_with({0}, {1})", text, wanted));
  }
}
