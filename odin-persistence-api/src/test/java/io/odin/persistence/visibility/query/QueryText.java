package io.odin.persistence.visibility.query;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes a condition as the query that means it. */
final class QueryText {

  private QueryText() {}

  static String of(Condition condition) {
    return switch (condition) {
      case Condition.Or or -> joined(or.alternatives(), " OR ");
      case Condition.And and -> joined(and.parts(), " AND ");
      case Condition.Not not -> test(not.test(), "NOT ");
      case Condition.Test test -> test(test, "");
    };
  }

  private static String joined(List<Condition> parts, String word) {
    return parts.stream()
        .map(
            part ->
                part instanceof Condition.Or || part instanceof Condition.And
                    ? "(" + of(part) + ")"
                    : of(part))
        .collect(Collectors.joining(word));
  }

  private static String test(Condition.Test test, String negation) {
    return field(test.field())
        + switch (test) {
          case Condition.Comparison it -> " " + it.operator().symbol() + " " + value(it.value());
          case Condition.In it ->
              it.values().stream()
                  .map(QueryText::value)
                  .collect(Collectors.joining(", ", " " + negation + "IN (", ")"));
          case Condition.Between it ->
              " " + negation + "BETWEEN " + value(it.low()) + " AND " + value(it.high());
          case Condition.IsNull it -> " IS " + negation + "NULL";
          case Condition.StartsWith it -> " " + negation + "STARTS_WITH " + text(it.prefix());
        };
  }

  private static String field(Field field) {
    return switch (field) {
      // The alias, which is compared with plain numbers.
      case SystemField system when system == SystemField.EXECUTION_DURATION -> "DurationMs";
      case SystemField system -> system.names().getFirst();
      case Field.Attribute attribute -> name(attribute.name());
      case Field.Tag tag -> "Tag." + name(tag.key());
    };
  }

  private static String name(String name) {
    return "`" + name.replace("`", "``") + "`";
  }

  private static String value(Value value) {
    return switch (value) {
      case Value.Text it -> text(it.text());
      case Value.Whole it -> Long.toString(it.number());
      case Value.Decimal it -> Double.toString(it.number());
      case Value.Bool it -> it.name().toLowerCase(Locale.ROOT);
      case Value.Time it -> text(it.instant().toString());
      case Value.Now it ->
          "now()" + (it.offset().isNegative() ? " - " : " + ") + text(it.offset().abs().toString());
      case Value.RunId it -> text(it.id().toString());
      case Value.State it -> text(it.state().value());
    };
  }

  private static String text(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
