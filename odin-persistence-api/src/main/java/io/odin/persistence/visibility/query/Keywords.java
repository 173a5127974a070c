package io.odin.persistence.visibility.query;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The words of the language, which are names of fields in backquotes only. */
final class Keywords {

  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z_0-9]*");

  private static final Set<String> ALL = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

  static {
    ALL.addAll(
        List.of(
            "AND",
            "OR",
            "NOT",
            "IN",
            "BETWEEN",
            "IS",
            "NULL",
            "STARTS_WITH",
            "TRUE",
            "FALSE",
            "NOW"));
  }

  private Keywords() {}

  /** Case-insensitive. */
  static boolean contain(String word) {
    return ALL.contains(word);
  }

  /** The name of a field as a query has to write it. */
  static String written(String name) {
    return NAME.matcher(name).matches() && !contain(name)
        ? name
        : "`" + name.replace("`", "``") + "`";
  }
}
