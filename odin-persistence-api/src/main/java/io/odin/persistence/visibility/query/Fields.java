package io.odin.persistence.visibility.query;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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
        .map(field -> new TypedField(field, name, field.type()))
        .or(
            () ->
                Optional.ofNullable(attributes.get(name))
                    .map(
                        type ->
                            new TypedField(
                                new Field.Attribute(name, type), name, FieldType.of(type))))
        .orElseThrow(
            () ->
                token.fault(
                    "names the unknown field "
                        + token.shown()
                        + nearest(name)
                            .map(near -> ": did you mean " + near + "?")
                            .orElse(": register it as a search attribute of the namespace")));
  }

  /** The known name that most resembles the given one, if any does. */
  private Optional<String> nearest(String name) {
    int tolerated = Math.max(1, Math.min(name.length() / 3, 4));
    TreeMap<Integer, String> byDistance = new TreeMap<>();
    Stream.concat(SystemField.allNames(), attributes.keySet().stream().sorted())
        .filter(known -> Math.abs(known.length() - name.length()) <= tolerated)
        .forEach(known -> byDistance.putIfAbsent(distance(known, name), known));
    return Optional.ofNullable(byDistance.firstEntry())
        .filter(nearest -> nearest.getKey() <= tolerated)
        .map(Map.Entry::getValue);
  }

  /** How many letters must be added, removed or replaced, whatever their case (Levenshtein). */
  private static int distance(String known, String name) {
    String from = known.toLowerCase(Locale.ROOT);
    String to = name.toLowerCase(Locale.ROOT);
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[to.length()];
  }
}
