package io.odin.persistence.visibility.query;

import java.util.List;

/** A resolved field with its type. */
record TypedField(Field field, String name, FieldType type) {

  Value value(Literal literal) {
    return type.read(literal)
        .orElseThrow(
            () ->
                literal
                    .token()
                    .unexpected(type.expected() + " is expected, for the field " + name));
  }

  List<Value> values(List<Literal> literals) {
    return literals.stream().map(this::value).toList();
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
