package io.odin.persistence.visibility.query;

import io.odin.persistence.error.InvalidRequestException;
import io.odin.persistence.internal.Require;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads a query by recursive descent, one method for each rule of the grammar. The depth is bounded
 * before it is descended to, so that no query can exhaust the stack.
 */
final class Parser {

  private static final int MAXIMUM_DEPTH = 16;

  /** What SQL has, and Temporal partly, but is a parameter here; by the first word. */
  private static final Map<String, String> CLAUSES =
      Map.of(
          "ORDER",
          "has \"ORDER BY\", which is no part of a query: give list a VisibilityOrder, which is"
              + " CLOSE_TIME, START_TIME or EXECUTION_TIME",
          "GROUP",
          "has \"GROUP BY\", which is no part of a query: give countBy a VisibilityGroup, which is"
              + " EXECUTION_STATUS, WORKFLOW_TYPE or TASK_QUEUE",
          "LIMIT",
          "has \"LIMIT\", which is no part of a query: give list a PageRequest");

  private final Lexer lexer;
  private Token token;
  private int depth;
  private int tests;

  /** Whether the token follows at once on a text that ends with a backslash. */
  private boolean isAfterBackslash;

  /** Reads the first token. */
  Parser(String text) {
    Require.text("query", text, Require.QUERY_BYTES);
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    Require.that(
        bytes <= Require.QUERY_BYTES,
        "query",
        "has " + bytes + " bytes in UTF-8: at most " + Require.QUERY_BYTES + " are allowed");
    lexer = new Lexer(text);
    token = lexer.next();
  }

  /** The whole query. */
  Unbound query() {
    Unbound query = or();
    if (token.kind() != Token.Kind.END) {
      throw unexpectedEnd("\"AND\", \"OR\" or the end is expected");
    }
    return query;
  }

  private Unbound or() {
    List<Unbound> alternatives = new ArrayList<>(List.of(and()));
    while (accept("OR")) {
      alternatives.add(and());
    }
    return joined(alternatives, Condition.Or::new);
  }

  private Unbound and() {
    List<Unbound> parts = new ArrayList<>(List.of(not()));
    while (accept("AND")) {
      parts.add(not());
    }
    return joined(parts, Condition.And::new);
  }

  private static Unbound joined(
      List<Unbound> parts, Function<List<Condition>, Condition> condition) {
    return parts.size() == 1
        ? parts.getFirst()
        : fields -> condition.apply(parts.stream().map(part -> part.bind(fields)).toList());
  }

  private Unbound not() {
    return accept("NOT") ? negated(primary()) : primary();
  }

  private static Unbound negated(Unbound condition) {
    return fields -> condition.bind(fields).negated();
  }

  private Unbound primary() {
    Token opening = token;
    if (!acceptSymbol("(")) {
      return test();
    }
    if (++depth > MAXIMUM_DEPTH) {
      throw opening.fault("is nested deeper than " + MAXIMUM_DEPTH + " parentheses");
    }
    Unbound condition = or();
    if (!acceptSymbol(")")) {
      throw unexpectedEnd("\"AND\", \"OR\" or \")\" is expected");
    }
    depth--;
    return condition;
  }

  private Unbound test() {
    Token start = token;
    Reference field = field();
    if (++tests > Require.QUERY_TESTS) {
      throw start.fault("has more than " + Require.QUERY_TESTS + " tests");
    }
    if (token.isKeyword("BY") && (start.isKeyword("ORDER") || start.isKeyword("GROUP"))) {
      throw start.fault(clause(start));
    }
    Token operator = token;
    Optional<Operator> comparison = operator(operator);
    if (comparison.isPresent()) {
      next();
      return comparison(field, operator, comparison.get());
    }
    if (accept("IS")) {
      return isNull(field);
    }
    if (accept("NOT")) {
      return negated(wordTest(field, "\"IN\", \"BETWEEN\" or \"STARTS_WITH\" is expected"));
    }
    return wordTest(
        field, "a comparison, \"IN\", \"BETWEEN\", \"IS\", \"STARTS_WITH\" or \"NOT\" is expected");
  }

  private static Optional<Operator> operator(Token token) {
    if (token.isSymbol("<>")) {
      return Optional.of(Operator.NOT_EQUAL);
    }
    return Arrays.stream(Operator.values())
        .filter(operator -> token.isSymbol(operator.symbol()))
        .findFirst();
  }

  private Unbound comparison(Reference reference, Token symbol, Operator operator) {
    Literal literal = literal();
    return fields -> {
      TypedField field = reference.in(fields);
      if (operator != Operator.EQUAL && operator != Operator.NOT_EQUAL) {
        field.ordered(symbol);
      }
      return field.comparison(operator, literal);
    };
  }

  private Unbound isNull(Reference reference) {
    boolean negated = accept("NOT");
    if (!accept("NULL")) {
      throw token.unexpected(negated ? "\"NULL\" is expected" : "\"NULL\" or \"NOT\" is expected");
    }
    Unbound isNull = fields -> new Condition.IsNull(reference.in(fields).field());
    return negated ? negated(isNull) : isNull;
  }

  private Unbound wordTest(Reference field, String expected) {
    Token operator = token;
    if (accept("IN")) {
      return in(field);
    }
    if (accept("BETWEEN")) {
      return between(field, operator);
    }
    if (accept("STARTS_WITH")) {
      return startsWith(field, operator);
    }
    throw token.unexpected(expected);
  }

  private Unbound in(Reference reference) {
    expectSymbol("(", "\"(\" is expected");
    List<Literal> literals = new ArrayList<>();
    do {
      if (literals.size() == Require.QUERY_VALUES) {
        throw token.fault("has more than " + Require.QUERY_VALUES + " values in an IN");
      }
      literals.add(literal());
    } while (acceptSymbol(","));
    expectSymbol(")", "\",\" or \")\" is expected");
    return fields -> reference.in(fields).in(literals);
  }

  private Unbound between(Reference reference, Token operator) {
    Literal low = literal();
    if (!accept("AND")) {
      throw token.unexpected("\"AND\" is expected");
    }
    Literal high = literal();
    return fields -> reference.in(fields).ordered(operator).between(low, high);
  }

  private Unbound startsWith(Reference reference, Token operator) {
    String prefix = expect(Token.Kind.TEXT, "a text in quotes is expected").content();
    return fields ->
        new Condition.StartsWith(reference.in(fields).keyword(operator).field(), prefix);
  }

  private Reference field() {
    boolean isName =
        token.kind() == Token.Kind.QUOTED_NAME
            || (token.kind() == Token.Kind.WORD && !Keywords.contain(token.content()));
    if (!isName) {
      throw token.unexpected("the name of a field, \"(\" or \"NOT\" is expected");
    }
    Token name = next();
    if (name.written().equals("Tag") && acceptSymbol(".")) {
      return tag(expect(Token.Kind.QUOTED_NAME, "the key of a tag in `backquotes` is expected"));
    }
    return fields -> fields.named(name);
  }

  private static Reference tag(Token key) {
    Field tag = new Field.Tag(key.content());
    return fields -> new TypedField(tag, "Tag." + key.written(), FieldType.KEYWORD);
  }

  private Literal literal() {
    Token start = token;
    if (accept("TRUE")) {
      return new Literal.Bool(start, Value.Bool.TRUE);
    }
    if (accept("FALSE")) {
      return new Literal.Bool(start, Value.Bool.FALSE);
    }
    if (accept("NOW")) {
      return now(start);
    }
    return switch (start.kind()) {
      case TEXT -> new Literal.Text(next());
      case NUMBER -> new Literal.Numeral(next());
      case DURATION -> new Literal.Period(next());
      case WORD, QUOTED_NAME, SYMBOL, END ->
          throw start.unexpected(
              start.isKeyword("NULL")
                  ? "a value is expected: ask for IS NULL or IS NOT NULL"
                  : "a value is expected: a text in quotes, a number, true, false or now()");
    };
  }

  private Literal now(Token start) {
    expectSymbol("(", "\"(\" is expected");
    expectSymbol(")", "\")\" is expected");
    if (token.kind() == Token.Kind.NUMBER) {
      throw token.unexpected(Durations.EXPECTED + " is expected after + or -");
    }
    if (acceptSymbol("-")) {
      return new Literal.Now(start, duration().negated());
    }
    return new Literal.Now(start, acceptSymbol("+") ? duration() : Duration.ZERO);
  }

  private Duration duration() {
    Optional<Duration> duration =
        token.kind() == Token.Kind.TEXT || token.kind() == Token.Kind.DURATION
            ? Durations.of(token.content())
            : Optional.empty();
    if (duration.isEmpty()) {
      throw token.unexpected(Durations.EXPECTED + " is expected");
    }
    next();
    return duration.get();
  }

  private boolean accept(String keyword) {
    boolean accepted = token.isKeyword(keyword);
    if (accepted) {
      next();
    }
    return accepted;
  }

  private boolean acceptSymbol(String symbol) {
    boolean accepted = token.isSymbol(symbol);
    if (accepted) {
      next();
    }
    return accepted;
  }

  private void expectSymbol(String symbol, String expected) {
    if (!acceptSymbol(symbol)) {
      throw token.unexpected(expected);
    }
  }

  private Token expect(Token.Kind kind, String expected) {
    if (token.kind() != kind) {
      throw token.unexpected(expected);
    }
    return next();
  }

  /** Reports what follows a condition. */
  private InvalidRequestException unexpectedEnd(String expected) {
    if (token.kind() == Token.Kind.WORD && CLAUSES.containsKey(upperCase(token))) {
      return token.fault(clause(token));
    }
    return token.unexpected(
        isAfterBackslash
            ? expected + ": the \"\\\" before the quote is no escape, a quote is doubled"
            : expected);
  }

  private static String clause(Token word) {
    return CLAUSES.getOrDefault(upperCase(word), "");
  }

  private static String upperCase(Token word) {
    return word.content().toUpperCase(Locale.ROOT);
  }

  /** Advances to the next token; returns the present one. */
  private Token next() {
    Token passed = token;
    token = lexer.next();
    isAfterBackslash =
        passed.kind() == Token.Kind.TEXT
            && passed.content().endsWith("\\")
            && passed.position() + passed.written().length() == token.position();
    return passed;
  }

  /** A name that is resolved later. */
  @FunctionalInterface
  private interface Reference {
    TypedField in(Fields fields);
  }
}
