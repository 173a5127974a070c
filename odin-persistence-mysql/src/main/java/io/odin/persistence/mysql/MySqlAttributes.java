package io.odin.persistence.mysql;

import io.odin.persistence.Json;
import io.odin.persistence.internal.JsonText;
import io.odin.persistence.sql.AttributeCondition;
import io.odin.persistence.sql.Parameters;
import io.odin.persistence.visibility.query.Field.Attribute;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** Tests on search attributes, which are members of one JSON column. */
final class MySqlAttributes extends AttributeCondition {

  MySqlAttributes(Attribute attribute, Parameters parameters) {
    super(attribute, parameters);
  }

  @Override
  protected Condition present() {
    return switch (attribute().type()) {
      case KEYWORD, DATETIME -> DSL.condition("JSON_TYPE({0}) = 'STRING'", member());
      case KEYWORD_LIST ->
          DSL.condition("JSON_TYPE({0}) = 'ARRAY'", member())
              .and(DSL.condition("JSON_LENGTH({0}) > 0", member()));
      case INT, DOUBLE ->
          DSL.condition(
              "JSON_TYPE({0}) IN ('INTEGER', 'UNSIGNED INTEGER', 'DOUBLE', 'DECIMAL')", member());
      case BOOL -> DSL.condition("JSON_TYPE({0}) = 'BOOLEAN'", member());
    };
  }

  @Override
  protected Condition equal(String element) {
    Field<?> wanted = number(Json.of(element));
    return switch (attribute().type()) {
      case KEYWORD, DATETIME, INT, DOUBLE, BOOL -> DSL.condition("{0} = {1}", member(), wanted);
      case KEYWORD_LIST -> present().and(DSL.condition("{0} MEMBER OF ({1})", wanted, member()));
    };
  }

  @Override
  protected Field<Object> member() {
    return DSL.field(
        "JSON_EXTRACT(search_attributes, {0})",
        SQLDataType.OTHER, parameters().text("$." + JsonText.quoted(attribute().name())));
  }

  @Override
  protected Field<String> text() {
    return DSL.field("JSON_UNQUOTE({0}) COLLATE utf8mb4_0900_bin", SQLDataType.VARCHAR, member());
  }

  @Override
  protected Field<?> number(Json number) {
    return DSL.field("CAST({0} AS JSON)", parameters().of(number));
  }

  @Override
  protected Field<?> nowAnd(Field<Object> microseconds) {
    return DSL.field(
        "DATE_FORMAT(UTC_TIMESTAMP(6) + INTERVAL {0} MICROSECOND, '%Y-%m-%dT%H:%i:%s.%fZ')",
        microseconds);
  }

  @Override
  protected Condition startsWith(String prefix) {
    return DSL.condition("LOCATE({0}, {1}) = 1", parameters().text(prefix), text());
  }
}
