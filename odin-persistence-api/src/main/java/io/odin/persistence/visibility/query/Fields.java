package io.odin.persistence.visibility.query;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The fields of a namespace. */
final class Fields {

  private final Map<String, AttributeType> attributes;

  Fields(Map<String, AttributeType> attributes) {
    this.attributes = attributes;
  }

  /** The field with the name of a token. */
  TypedField named(Token token) {
    String name = token.content();
    return SystemField.named(name)
        .map(field -> new TypedField(field, name, field.type(name)))
        .or(() -> attribute(name))
        .orElseThrow(
            () ->
                token.fault(
                    "names the unknown field "
                        + token.shown()
                        + nearest(name)
                            .map(near -> ": did you mean " + Keywords.written(near) + "?")
                            .orElse(": register it as a search attribute of the namespace")));
  }

  private Optional<TypedField> attribute(String name) {
    return Optional.ofNullable(attributes.get(name))
        .map(type -> new TypedField(new Field.Attribute(name, type), name, FieldType.of(type)));
  }

  private Optional<String> nearest(String name) {
    return new NearestName(name)
        .among(
            Stream.concat(SystemField.allNames(), attributes.keySet().stream().sorted()),
            known -> SystemField.named(known).<Object>map(field -> field).orElse(known));
  }
}
