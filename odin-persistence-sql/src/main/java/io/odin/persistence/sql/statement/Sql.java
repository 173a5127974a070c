package io.odin.persistence.sql.statement;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A statement with a name, rendered once. Immutable and thread-safe; the JDBC text is the same
 * object at every call, so that the driver finds its prepared statement.
 */
public final class Sql {

  // A parameter is :name; a cast (::type), an array slice and anything within quotes are not.
  private static final Pattern PARAMETER = Pattern.compile("'(?:[^']|'')*'|::|:([a-z_][a-z0-9_]*)");

  /** A semicolon outside quotes. */
  private static final Pattern SEVERAL = Pattern.compile("(?s)[^';]*+(?:'[^']*+'[^';]*+)*+;.*");

  private final String name;
  private final String text;
  private final String jdbcText;
  private final List<String> parameters;
  private final Optional<String> strictText;

  private Sql(String name, String text, Optional<String> strict) {
    this.name = name;
    this.text = text;
    List<String> found = new ArrayList<>();
    jdbcText = jdbcText(text, found);
    parameters = List.copyOf(found);
    strictText = strict.map(other -> jdbcText(other, new ArrayList<>()));
  }

  /** The text with a question mark for each parameter, whose names are added to a list. */
  private static String jdbcText(String text, List<String> found) {
    if (SEVERAL.matcher(text).matches()) {
      throw new IllegalArgumentException("more than one statement: " + text);
    }
    StringBuilder jdbc = new StringBuilder();
    Matcher matcher = PARAMETER.matcher(text);
    while (matcher.find()) {
      String parameter = matcher.group(1);
      if (parameter == null) {
        matcher.appendReplacement(jdbc, Matcher.quoteReplacement(matcher.group()));
      } else {
        found.add(parameter);
        matcher.appendReplacement(jdbc, "?");
      }
    }
    return matcher.appendTail(jdbc).toString();
  }

  /**
   * Takes a statement.
   *
   * @param name area and verb: "taskQueues.claim"
   * @param text SQL with parameters written as {@code :name}
   * @throws IllegalArgumentException if the text is more than one statement: only a pipeline joins
   *     statements
   */
  public static Sql of(String name, String text) {
    return new Sql(name, text, Optional.empty());
  }

  /**
   * Takes a statement that inserts the rows that are not there yet.
   *
   * @param strict the same statement with the same parameters, but one that fails if any row is
   *     there
   */
  public static Sql insertNew(String name, String text, String strict) {
    return new Sql(name, text, Optional.of(strict));
  }

  /** Area and verb: "taskQueues.claim". */
  public String name() {
    return name;
  }

  /** Returns the statement with its parameters by name, human-readable. */
  public String text() {
    return text;
  }

  /** The statement as the driver takes it. */
  public String jdbcText() {
    return jdbcText;
  }

  /**
   * As {@link #jdbcText}, of the statement that fails where this one would leave out a row; empty
   * if there is none.
   */
  public Optional<String> strictText() {
    return strictText;
  }

  /** The names of the parameters in the order of their places. */
  public List<String> parameters() {
    return parameters;
  }

  @Override
  public String toString() {
    return name;
  }
}
