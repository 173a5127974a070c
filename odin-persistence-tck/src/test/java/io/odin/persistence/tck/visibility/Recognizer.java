package io.odin.persistence.tck.visibility;

import io.odin.persistence.tck.visibility.Grammar.Characters;
import io.odin.persistence.tck.visibility.Grammar.Choice;
import io.odin.persistence.tck.visibility.Grammar.Expression;
import io.odin.persistence.tck.visibility.Grammar.Literal;
import io.odin.persistence.tck.visibility.Grammar.Repeated;
import io.odin.persistence.tck.visibility.Grammar.Rule;
import io.odin.persistence.tck.visibility.Grammar.Sequence;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Whether the grammar allows a text, independently of the parser. */
final class Recognizer {

  private static final Pattern KEYWORD =
      Pattern.compile("(?i)AND|OR|NOT|IN|BETWEEN|IS|NULL|STARTS_WITH|TRUE|FALSE|NOW");

  private final Grammar grammar = Grammar.ofQueries();
  private final String text;
  private final Map<String, Set<Integer>> known = new HashMap<>();

  private Recognizer(String text) {
    this.text = text;
  }

  static boolean allows(String rule, String text) {
    Recognizer recognizer = new Recognizer(text);
    return recognizer.ends(new Rule(rule), 0, recognizer.grammar.isLexical(rule)).stream()
        .anyMatch(end -> recognizer.afterSpace(end) == text.length());
  }

  /** Where that which begins at the position may end. */
  private Set<Integer> ends(Expression expression, int from, boolean isLexical) {
    return switch (expression) {
      case Sequence sequence -> {
        Set<Integer> ends = Set.of(from);
        for (Expression part : sequence.parts()) {
          ends = ends(part, ends, isLexical);
        }
        yield ends;
      }
      case Choice choice -> {
        Set<Integer> ends = new TreeSet<>();
        choice.alternatives().forEach(each -> ends.addAll(ends(each, from, isLexical)));
        yield ends;
      }
      case Repeated repeated -> repeated(repeated, from, isLexical);
      case Literal literal -> isLexical ? characters(literal, from) : token(literal, from);
      case Characters characters ->
          from < text.length()
                  && characters
                      .pattern()
                      .matcher(Character.toString(text.codePointAt(from)))
                      .matches()
              ? Set.of(text.offsetByCodePoints(from, 1))
              : Set.of();
      case Rule rule -> rule(rule.name(), from, isLexical);
    };
  }

  private Set<Integer> ends(Expression expression, Set<Integer> starts, boolean isLexical) {
    Set<Integer> ends = new TreeSet<>();
    starts.forEach(start -> ends.addAll(ends(expression, start, isLexical)));
    return ends;
  }

  private Set<Integer> repeated(Repeated repeated, int from, boolean isLexical) {
    Set<Integer> ends = new TreeSet<>();
    Set<Integer> last =
        repeated.least() == 0 ? Set.of(from) : ends(repeated.part(), from, isLexical);
    for (int i = repeated.least(); !ends.containsAll(last); i++) {
      ends.addAll(last);
      last = i < repeated.most() ? ends(repeated.part(), last, isLexical) : last;
    }
    return ends;
  }

  private Set<Integer> rule(String name, int from, boolean isWithinToken) {
    boolean isToken = grammar.isLexical(name) && !isWithinToken;
    String key = name + "@" + from;
    Set<Integer> ends = known.get(key);
    if (ends == null) {
      ends =
          isToken
              ? longest(name, ends(grammar.rule(name), afterSpace(from), true))
              : ends(grammar.rule(name), from, isWithinToken);
      known.put(key, ends);
    }
    return ends;
  }

  /** A token is as long as it can be. */
  private Set<Integer> longest(String rule, Set<Integer> ends) {
    return ends.stream()
        .max(Comparator.naturalOrder())
        .filter(end -> !rule.equals("period") || (!isOfAWord(end) && !text.startsWith(".", end)))
        .filter(end -> !rule.equals("name") || !isKeywordBefore(end))
        .map(Set::of)
        .orElse(Set.of());
  }

  private boolean isKeywordBefore(int end) {
    int start = end;
    while (start > 0 && isOfAWord(start - 1)) {
      start--;
    }
    return KEYWORD.matcher(text.substring(start, end)).matches();
  }

  private Set<Integer> token(Literal literal, int from) {
    int start = afterSpace(from);
    int end = start + literal.text().length();
    boolean isWord = Character.isLetter(literal.text().charAt(0));
    boolean isThere =
        text.regionMatches(
            isWord && !literal.text().equals("Tag"),
            start,
            literal.text(),
            0,
            literal.text().length());
    return isThere && !(isWord && isOfAWord(end)) ? Set.of(end) : Set.of();
  }

  private Set<Integer> characters(Literal literal, int from) {
    return text.startsWith(literal.text(), from)
        ? Set.of(from + literal.text().length())
        : Set.of();
  }

  private int afterSpace(int from) {
    int end = from;
    while (end < text.length() && " \t\n\u000b\f\r".indexOf(text.charAt(end)) >= 0) {
      end++;
    }
    return end;
  }

  private boolean isOfAWord(int index) {
    return index < text.length()
        && (text.charAt(index) == '_'
            || (text.charAt(index) < 128 && Character.isLetterOrDigit(text.charAt(index))));
  }
}
