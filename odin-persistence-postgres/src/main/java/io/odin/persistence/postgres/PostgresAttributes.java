package io.odin.persistence.postgres;

import io.odin.persistence.Json;
import io.odin.persistence.internal.JsonWriter;
import io.odin.persistence.sql.statement.Parameters;
import io.odin.persistence.sql.visibility.AttributeCondition;
import io.odin.persistence.visibility.AttributeType;
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
  protected Condition present() {
    String type =
        switch (attribute().type()) {
          case KEYWORD, DATETIME -> "string";
          case KEYWORD_LIST -> "array";
          case INT, DOUBLE -> "number";
          case BOOL -> "boolean";
        };
    Condition typed = DSL.condition("jsonb_typeof({0}) = {1}", member(), DSL.inline(type));
    return attribute().type() == AttributeType.KEYWORD_LIST
        ? typed.and(DSL.condition("{0} <> '[]'", member()))
        : typed;
  }

  @Override
  protected Condition anyOf(List<String> elements) {
    return DSL.or(elements.stream().map(this::equal).toList());
  }

  private Condition equal(String element) {
    String wanted =
        attribute().type() == AttributeType.KEYWORD_LIST ? "[" + element + "]" : element;
    Json document = Json.of("{" + JsonWriter.quoted(attribute().name()) + ":" + wanted + "}");
    return DSL.condition("search_attributes @> {0}", jsonb(document));
  }

  @Override
  protected Field<Object> member() {
    return DSL.field(
        "(search_attributes -> {0})", SQLDataType.OTHER, parameters().text(attribute().name()));
  }

  @Override
  protected Field<String> text() {
    return DSL.field(
        "(search_attributes ->> {0}) COLLATE \"C\"",
        SQLDataType.VARCHAR, parameters().text(attribute().name()));
  }

  @Override
  protected Field<?> number(Json number) {
    return jsonb(number);
  }

  /**
   * Bound as a text: while it does not know the types of all values, the driver waits for the reply
   * to the statement before this one, which is a round trip more.
   */
  private Field<?> jsonb(Json value) {
    return DSL.field("CAST({0} AS jsonb)", parameters().text(value.text()));
  }

  @Override
  protected Field<?> nowAnd(Field<Object> microseconds) {
    return DSL.field(
        "to_char((statement_timestamp() + interval '1 microsecond' * {0}) AT TIME ZONE 'UTC',"
            + " 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')",
        microseconds);
  }

  @Override
  protected Condition startsWith(String prefix) {
    return DSL.condition("starts_with({0}, {1})", text(), parameters().text(prefix));
  }
}
