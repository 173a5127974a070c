package io.odin.persistence.mysql;

import io.odin.persistence.internal.JsonWriter;
import io.odin.persistence.sql.statement.Deferred;
import io.odin.persistence.sql.statement.Parameters;
import io.odin.persistence.sql.visibility.AttributeCondition;
import io.odin.persistence.value.Json;
import io.odin.persistence.visibility.query.Field.Attribute;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * Tests on search attributes, which are members of one JSON column. An index holds the values of
 * all attributes as texts, whatever their names: what is equal is looked for there first, and then
 * tested on the attribute itself.
 */
final class MySqlAttributes extends AttributeCondition {

  /** In the place of the values, where the index cannot hold them: too many, or an empty text. */
  private static final String NOT_INDEXED = "odin: not in the index";

  /** To the letter what idx_visibility_records_search_attributes is made of. */
  private static final String INDEXED =
      """
      IF(LENGTH(search_attributes) > 2048 OR JSON_CONTAINS(search_attributes->'$.*[0 to last]', '""'),
         JSON_ARRAY('%s'), search_attributes->'$.*[0 to last]')\
      """
          .formatted(NOT_INDEXED);

  private static final int BITS_OF_AN_INTEGER = 64;

  MySqlAttributes(Attribute attribute, Parameters parameters) {
    super(attribute, parameters);
  }

  @Override
  protected Deferred<Condition> present() {
    return switch (attribute().type()) {
      case KEYWORD, DATETIME -> ofMember("JSON_TYPE({0}) = 'STRING'");
      case KEYWORD_LIST ->
          and(ofMember("JSON_TYPE({0}) = 'ARRAY'"), ofMember("JSON_LENGTH({0}) > 0"));
      case INT, DOUBLE ->
          ofMember("JSON_TYPE({0}) IN ('INTEGER', 'UNSIGNED INTEGER', 'DOUBLE', 'DECIMAL')");
      case BOOL -> ofMember("JSON_TYPE({0}) = 'BOOLEAN'");
    };
  }

  private Deferred<Condition> ofMember(String condition) {
    return member().map(member -> DSL.condition(condition, member));
  }

  @Override
  protected Deferred<Condition> anyOf(List<String> elements) {
    return and(mayHoldAnyOf(elements), or(elements.stream().map(this::equal).toList()));
  }

  /** True of each row that holds one of the values; of some others, too. */
  private Deferred<Condition> mayHoldAnyOf(List<String> elements) {
    String sought =
        Stream.concat(
                elements.stream().flatMap(this::writings),
                Stream.of(JsonWriter.quoted(NOT_INDEXED)))
            .distinct()
            .collect(Collectors.joining(",", "[", "]"));
    return parameters()
        .text(sought)
        .map(texts -> DSL.condition("JSON_OVERLAPS(" + INDEXED + ", CAST({0} AS JSON))", texts));
  }

  /** All that equals a value but has another text: of a whole number, 1 and 1.0. */
  private Stream<String> writings(String element) {
    return switch (attribute().type()) {
      case KEYWORD, KEYWORD_LIST, DATETIME, BOOL -> Stream.of(element);
      case INT, DOUBLE -> {
        BigDecimal number = new BigDecimal(element);
        if (number.signum() == 0) {
          yield Stream.of("0", "0.0", "-0.0");
        }
        String decimal = Double.toString(number.doubleValue());
        yield isInteger(number)
            ? Stream.of(number.toBigInteger().toString(), decimal)
            : Stream.of(decimal);
      }
    };
  }

  private static boolean isInteger(BigDecimal number) {
    return number.stripTrailingZeros().scale() <= 0
        && number.toBigInteger().bitLength() <= BITS_OF_AN_INTEGER;
  }

  private Deferred<Condition> equal(String element) {
    Deferred<Field<Object>> wanted = number(Json.of(element));
    return switch (attribute().type()) {
      case KEYWORD, DATETIME, INT, DOUBLE, BOOL ->
          Deferred.both(
              member(), wanted, (member, value) -> DSL.condition("{0} = {1}", member, value));
      case KEYWORD_LIST ->
          and(
              present(),
              Deferred.both(
                  wanted,
                  member(),
                  (value, list) -> DSL.condition("{0} MEMBER OF ({1})", value, list)));
    };
  }

  @Override
  protected Deferred<Field<Object>> member() {
    return parameters()
        .text("$." + JsonWriter.quoted(attribute().name()))
        .map(path -> DSL.field("JSON_EXTRACT(search_attributes, {0})", SQLDataType.OTHER, path));
  }

  @Override
  protected Deferred<Field<String>> text() {
    return member()
        .map(
            member ->
                DSL.field(
                    "JSON_UNQUOTE({0}) COLLATE utf8mb4_0900_bin", SQLDataType.VARCHAR, member));
  }

  @Override
  protected Deferred<Field<Object>> number(Json number) {
    return parameters()
        .of(number)
        .map(json -> DSL.field("CAST({0} AS JSON)", SQLDataType.OTHER, json));
  }

  @Override
  protected Deferred<Field<Object>> nowAnd(Deferred<Field<Object>> microseconds) {
    return microseconds.map(
        offset ->
            DSL.field(
                "DATE_FORMAT(UTC_TIMESTAMP(6) + INTERVAL {0} MICROSECOND, '%Y-%m-%dT%H:%i:%s.%fZ')",
                SQLDataType.OTHER, offset));
  }

  @Override
  protected Deferred<Condition> startsWith(String prefix) {
    return Deferred.both(
        parameters().text(prefix),
        text(),
        (wanted, text) -> DSL.condition("LOCATE({0}, {1}) = 1", wanted, text));
  }
}
