package io.odin.persistence.tck.visibility;

import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A field of the query language, and the conditions that it allows.
 *
 * @param name the name in the query language
 * @param values the values of the field in a run; none if it is missing
 * @param samples the values that queries compare with
 * @param literal writes a value in one of the forms that the query language has for it
 * @param order the order of the values
 * @param operators the operators that its type allows
 */
record SearchedField<T>(
    String name,
    Function<SearchedRun, List<T>> values,
    List<T> samples,
    BiFunction<Random, T, String> literal,
    Comparator<T> order,
    Operators operators) {

  enum Operators {
    EQUALITY,
    ORDER,
    PREFIX
  }

  /** Any condition that the field allows. */
  SampleQuery test(Random random) {
    int kinds =
        switch (operators) {
          case EQUALITY -> 4;
          case ORDER -> 6;
          case PREFIX -> 7;
        };
    return switch (random.nextInt(kinds)) {
      case 0 -> test("IS NULL", run -> Truth.of(values.apply(run).isEmpty()));
      case 1 -> test("IS NOT NULL", run -> Truth.of(!values.apply(run).isEmpty()));
      case 2 -> in(random);
      case 3 -> equality(random);
      case 4 -> order(random);
      case 5 -> between(random);
      default -> prefix(random);
    };
  }

  private SampleQuery equality(Random random) {
    T value = sample(random);
    String unequal = random.nextBoolean() ? "!= " : "<> ";
    return negatable(random, "= ", unequal, literal.apply(random, value), value::equals);
  }

  private SampleQuery in(Random random) {
    Set<T> wanted =
        Stream.generate(() -> sample(random))
            .limit(1 + random.nextInt(3))
            .collect(Collectors.toSet());
    String list =
        wanted.stream()
            .sorted(order)
            .map(value -> literal.apply(random, value))
            .collect(Collectors.joining(", ", "(", ")"));
    return negatable(random, "IN ", "NOT IN ", list, wanted::contains);
  }

  private SampleQuery order(Random random) {
    T value = sample(random);
    String written = literal.apply(random, value);
    return random.nextBoolean()
        ? negatable(random, "< ", ">= ", written, held -> order.compare(held, value) < 0)
        : negatable(random, "> ", "<= ", written, held -> order.compare(held, value) > 0);
  }

  private SampleQuery between(Random random) {
    T low = sample(random);
    T high = sample(random);
    return negatable(
        random,
        "BETWEEN ",
        "NOT BETWEEN ",
        literal.apply(random, low) + " AND " + literal.apply(random, high),
        held -> order.compare(low, held) <= 0 && order.compare(held, high) <= 0);
  }

  private SampleQuery prefix(Random random) {
    String whole = sample(random).toString();
    String prefix = whole.substring(0, whole.offsetByCodePoints(0, whole.isEmpty() ? 0 : 1));
    String wanted = random.nextBoolean() ? whole : prefix;
    return negatable(
        random,
        "STARTS_WITH ",
        "NOT STARTS_WITH ",
        Writing.text(random, wanted),
        held -> held.toString().startsWith(wanted));
  }

  /** A condition or its negation. */
  private SampleQuery negatable(
      Random random, String plain, String negated, String operand, Predicate<T> holds) {
    Function<SearchedRun, Truth> meaning =
        run -> {
          List<T> held = values.apply(run);
          return held.isEmpty() ? Truth.UNKNOWN : Truth.of(held.stream().anyMatch(holds));
        };
    return random.nextBoolean()
        ? test(plain + operand, meaning)
        : test(negated + operand, run -> meaning.apply(run).not());
  }

  private SampleQuery test(String question, Function<SearchedRun, Truth> meaning) {
    return new SampleQuery(name + " " + question, meaning);
  }

  private T sample(Random random) {
    return samples.get(random.nextInt(samples.size()));
  }
}
