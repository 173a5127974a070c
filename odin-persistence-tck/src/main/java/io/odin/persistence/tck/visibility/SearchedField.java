package io.odin.persistence.tck.visibility;

import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A field as queries name it, and the questions that can be asked of it.
 *
 * @param name as it is written
 * @param values what a run has under it; nothing if it misses
 * @param samples values to ask for
 * @param literal how a value is written
 * @param order which value comes first, for those that can be asked
 * @param questions what its type lets one ask
 */
record SearchedField<T>(
    String name,
    Function<SearchedRun, List<T>> values,
    List<T> samples,
    Function<T, String> literal,
    Comparator<T> order,
    Questions questions) {

  enum Questions {
    EQUALITY,
    ORDER,
    PREFIX
  }

  /** Any test that the field allows. */
  SampleQuery test(Random random) {
    int kinds =
        switch (questions) {
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
    return negatable(random, "= ", "!= ", literal.apply(value), value::equals);
  }

  private SampleQuery in(Random random) {
    Set<T> wanted =
        Stream.generate(() -> sample(random))
            .limit(1 + random.nextInt(3))
            .collect(Collectors.toSet());
    String list = wanted.stream().map(literal).sorted().collect(Collectors.joining(", ", "(", ")"));
    return negatable(random, "IN ", "NOT IN ", list, wanted::contains);
  }

  private SampleQuery order(Random random) {
    T value = sample(random);
    String written = literal.apply(value);
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
        literal.apply(low) + " AND " + literal.apply(high),
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
        RandomRuns.quoted(wanted),
        held -> held.toString().startsWith(wanted));
  }

  /** Either of two tests of which the second is the negation of the first. */
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
