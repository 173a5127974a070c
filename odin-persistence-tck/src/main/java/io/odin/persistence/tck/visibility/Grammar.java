package io.odin.persistence.tck.visibility;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The grammar of the query language, read from its EBNF. The rules before the empty line are made
 * of tokens, those after it of characters.
 */
final class Grammar {

  private static final Pattern SYMBOLS =
      Pattern.compile("\"[^\"]*\"|'[^']*'|\\[[^]]+]|[A-Za-z]+|[|()?*+]");

  private final String text;
  private final Map<String, Expression> rules = new LinkedHashMap<>();
  private final Set<String> lexical;

  private Grammar(String text) {
    this.text = text;
    text.lines()
        .filter(line -> !line.isBlank())
        .map(line -> line.split("::=", 2))
        .forEach(rule -> rules.put(rule[0].strip(), new Reader(rule[1]).choice()));
    lexical =
        text.substring(text.indexOf("\n\n"))
            .lines()
            .filter(line -> !line.isBlank())
            .map(line -> line.split("::=", 2)[0].strip())
            .collect(Collectors.toSet());
  }

  /** The grammar of the queries. */
  static Grammar ofQueries() {
    return new Grammar(PackagedText.of("grammar.ebnf"));
  }

  /** The EBNF. */
  String text() {
    return text;
  }

  /** Whether the rule is made of characters. */
  boolean isLexical(String rule) {
    return lexical.contains(rule);
  }

  Expression rule(String name) {
    return Objects.requireNonNull(rules.get(name), name);
  }

  /** The right side of a rule, or a part of it. */
  sealed interface Expression {}

  /** One after the other. */
  record Sequence(List<Expression> parts) implements Expression {}

  /** One of them. */
  record Choice(List<Expression> alternatives) implements Expression {}

  /**
   * Several times.
   *
   * @param least 0 or 1
   * @param most 1, or the largest number
   */
  record Repeated(Expression part, int least, int most) implements Expression {}

  /** Exactly this; a word of the language in any case. */
  record Literal(String text) implements Expression {}

  /** One of some characters, as a regular expression writes them. */
  record Characters(Pattern pattern) implements Expression {}

  /** What a rule says. */
  record Rule(String name) implements Expression {}

  /** Reads one right side by recursive descent. */
  private static final class Reader {

    private final List<String> symbols;
    private int position;

    Reader(String rule) {
      symbols = SYMBOLS.matcher(rule).results().map(MatchResult::group).toList();
    }

    private boolean isNext(String... wanted) {
      return position < symbols.size() && List.of(wanted).contains(symbols.get(position));
    }

    Expression choice() {
      List<Expression> alternatives = new ArrayList<>(List.of(sequence()));
      while (isNext("|")) {
        position++;
        alternatives.add(sequence());
      }
      return alternatives.size() == 1 ? alternatives.getFirst() : new Choice(alternatives);
    }

    private Expression sequence() {
      List<Expression> parts = new ArrayList<>();
      while (position < symbols.size() && !isNext("|", ")")) {
        parts.add(repeated());
      }
      return parts.size() == 1 ? parts.getFirst() : new Sequence(parts);
    }

    private Expression repeated() {
      Expression part = part();
      if (!isNext("?", "*", "+")) {
        return part;
      }
      return switch (symbols.get(position++)) {
        case "?" -> new Repeated(part, 0, 1);
        case "*" -> new Repeated(part, 0, Integer.MAX_VALUE);
        default -> new Repeated(part, 1, Integer.MAX_VALUE);
      };
    }

    private Expression part() {
      String symbol = symbols.get(position++);
      return switch (symbol.charAt(0)) {
        case '(' -> {
          Expression inner = choice();
          position++;
          yield inner;
        }
        case '"', '\'' -> new Literal(symbol.substring(1, symbol.length() - 1));
        case '[' -> new Characters(Pattern.compile(symbol));
        default -> new Rule(symbol);
      };
    }
  }
}
