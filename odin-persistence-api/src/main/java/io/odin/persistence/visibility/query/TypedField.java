package io.odin.persistence.visibility.query;

import io.odin.persistence.error.InvalidRequestException;
import java.math.BigDecimal;
import java.util.List;

/** A resolved field with its type. */
record TypedField(Field field, String name, FieldType type) {

  /** The comparison with a value; refused if it is of another type. */
  Condition comparison(Operator operator, Literal literal) {
    return type.isWhole()
        ? new WholeTests(field).comparison(operator, number(literal))
        : new Condition.Comparison(field, operator, value(literal));
  }

  /** Whether the field equals one of the values; refused if one is of another type. */
  Condition in(List<Literal> literals) {
    return type.isWhole()
        ? new WholeTests(field).in(literals.stream().map(this::number).toList())
        : new Condition.In(field, literals.stream().map(this::value).toList());
  }

  /** Whether the field lies within the bounds; refused if one is of another type. */
  Condition between(Literal low, Literal high) {
    return type.isWhole()
        ? new WholeTests(field).between(number(low), number(high))
        : new Condition.Between(field, value(low), value(high));
  }

  private Value value(Literal literal) {
    return type.read(literal).orElseThrow(() -> mistyped(literal));
  }

  private BigDecimal number(Literal literal) {
    return type.number(literal).orElseThrow(() -> mistyped(literal));
  }

  private InvalidRequestException mistyped(Literal literal) {
    return literal
        .token()
        .unexpected(type.expected() + " is expected, for the field " + name + type.advice(literal));
  }

  /** Refuses the operator unless the values of this field are ordered. */
  TypedField ordered(Token operator) {
    if (!type.isOrdered()) {
      throw operator.fault(
          "asks by "
              + operator.shown()
              + " for an order, which "
              + name
              + " has not: ask for =, !=, IN or IS NULL");
    }
    return this;
  }

  /** Refuses the operator unless this field holds one text. */
  TypedField keyword(Token operator) {
    if (type != FieldType.KEYWORD) {
      throw operator.fault(
          "asks by "
              + operator.shown()
              + " for a prefix, which only keywords and tags have: "
              + name
              + " is neither");
    }
    return this;
  }
}
