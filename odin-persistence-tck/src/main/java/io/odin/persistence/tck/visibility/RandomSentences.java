package io.odin.persistence.tck.visibility;

import io.odin.persistence.tck.visibility.Grammar.Characters;
import io.odin.persistence.tck.visibility.Grammar.Choice;
import io.odin.persistence.tck.visibility.Grammar.Expression;
import io.odin.persistence.tck.visibility.Grammar.Literal;
import io.odin.persistence.tck.visibility.Grammar.Repeated;
import io.odin.persistence.tck.visibility.Grammar.Rule;
import io.odin.persistence.tck.visibility.Grammar.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Random queries that the grammar allows. Half of the names and values are such as namespaces have,
 * so that many queries are also right about fields and types.
 */
final class RandomSentences {

  /** The reasons for which a query is refused that the grammar allows. */
  static final Pattern REASONS =
      Pattern.compile(
          "(?s)names the unknown field .*"
              + "|has .* where .* is expected, for the field .*"
              + "|has .* where a duration such as .* is expected"
              + "|asks by .* for (an order|a prefix), which .*"
              + "|is nested deeper than 16 parentheses"
              + "|has more than 64 tests"
              + "|has more than 256 values in an IN");

  /** Of each rule, sentences that mean something; a test checks that the grammar allows them. */
  static final Map<String, List<String>> SAMPLES =
      Map.of(
          "name",
          List.of(
              "WorkflowId",
              "WorkflowType",
              "RunId",
              "ParentRunId",
              "ExecutionStatus",
              "StartTime",
              "CloseTime",
              "HistoryLength",
              "ExecutionDuration",
              "DurationMs",
              "CustomerId",
              "Products",
              "Amount",
              "Weight",
              "Express",
              "Due",
              "Tag",
              "ORDER"),
          "text",
          List.of(
              "'order-1'",
              "\"order-1\"",
              "'Running'",
              "\"TimedOut\"",
              "'2026-03-01T09:00:00Z'",
              "\"2026-03-01T09:00:00.25+01:00\"",
              "'0197a5b0-0000-7000-8000-000000000001'",
              "'1m30s'",
              "'36h'",
              "\"P1DT2H\""),
          "number",
          List.of("0", "7", "-1", "3.5", "10.0", "1772355600000000000", "1e3"),
          "period",
          List.of("36h", "1m30s", "1.5d", "90000ms"));

  private static final Pattern RESERVED =
      Pattern.compile("(?i)AND|OR|NOT|IN|BETWEEN|IS|NULL|STARTS_WITH|TRUE|FALSE|NOW");
  private static final List<String> CHARACTERS =
      "aeEZm09_ .,%\\'\"`;-+(?:@$\n\u00b5\u00e9\u6ce8\ud83d\udce6"
          .codePoints()
          .mapToObj(Character::toString)
          .toList();
  private static final List<String> SPACES = List.of(" ", "  ", "\n", "\t", "\r\n");
  private static final int DEEPEST = 3;

  private final Grammar grammar = Grammar.ofQueries();
  private final Random random;

  RandomSentences(Random random) {
    this.random = random;
  }

  /** Another query. */
  String next() {
    List<String> tokens = new ArrayList<>();
    tokens(grammar.rule("query"), 0, tokens);
    StringBuilder query = new StringBuilder();
    for (String token : tokens) {
      if (needsSpace(query, token) || random.nextBoolean()) {
        query.append(oneOf(SPACES));
      }
      query.append(token);
    }
    return query.toString();
  }

  /** Letters, digits and points run into each other. */
  private static boolean needsSpace(StringBuilder before, String token) {
    return !before.isEmpty()
        && isOfAWord(before.codePointBefore(before.length()))
        && isOfAWord(token.codePointAt(0));
  }

  private static boolean isOfAWord(int character) {
    return Character.isLetterOrDigit(character) || character == '_' || character == '.';
  }

  private void tokens(Expression expression, int depth, List<String> tokens) {
    switch (expression) {
      case Sequence sequence -> sequence.parts().forEach(part -> tokens(part, depth, tokens));
      case Choice choice -> tokens(oneOf(allowed(choice, depth)), depth, tokens);
      case Repeated repeated -> {
        for (int i = times(repeated); i > 0; i--) {
          tokens(repeated.part(), depth, tokens);
        }
      }
      case Literal literal -> tokens.add(inAnyCase(literal.text()));
      case Characters characters -> throw new IllegalStateException("of a token: " + characters);
      case Rule(String name) when grammar.isLexical(name) -> tokens.add(token(name));
      case Rule(String name) ->
          tokens(grammar.rule(name), depth + (isNested(name) ? 1 : 0), tokens);
    }
  }

  /** Without parentheses where it is deep enough. */
  private List<Expression> allowed(Choice choice, int depth) {
    return choice.alternatives().stream()
        .filter(each -> depth < DEEPEST || !(each instanceof Sequence of && isNested(of)))
        .toList();
  }

  private static boolean isNested(Sequence sequence) {
    return sequence.parts().stream()
        .anyMatch(part -> part instanceof Rule of && isNested(of.name()));
  }

  private static boolean isNested(String rule) {
    return rule.equals("or");
  }

  /** The name of tags is written as it is. */
  private String inAnyCase(String word) {
    return word.equals("Tag") || random.nextBoolean() ? word : word.toLowerCase(Locale.ROOT);
  }

  private String token(String rule) {
    List<String> samples = SAMPLES.getOrDefault(rule, List.of());
    if (!samples.isEmpty() && random.nextInt(4) > 0) {
      return oneOf(samples);
    }
    String token = characters(grammar.rule(rule));
    return rule.equals("name") && RESERVED.matcher(token).matches() ? token(rule) : token;
  }

  private String characters(Expression expression) {
    return switch (expression) {
      case Sequence(List<Expression> parts) ->
          parts.stream().map(this::characters).collect(Collectors.joining());
      case Choice(List<Expression> alternatives) -> characters(oneOf(alternatives));
      case Repeated repeated -> {
        StringBuilder all = new StringBuilder();
        for (int i = times(repeated); i > 0; i--) {
          all.append(characters(repeated.part()));
        }
        yield all.toString();
      }
      case Literal(String text) -> text;
      case Characters(Pattern pattern) ->
          oneOf(CHARACTERS.stream().filter(pattern.asMatchPredicate()).toList());
      case Rule(String name) -> characters(grammar.rule(name));
    };
  }

  private int times(Repeated repeated) {
    int more = random.nextInt(4) == 0 ? random.nextInt(4) : random.nextInt(2);
    return Math.min(repeated.least() + more, repeated.most());
  }

  private <T> T oneOf(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }
}
