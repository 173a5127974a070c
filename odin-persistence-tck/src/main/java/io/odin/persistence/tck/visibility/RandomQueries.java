package io.odin.persistence.tck.visibility;

import static io.odin.persistence.tck.visibility.RandomRuns.COUNTS;
import static io.odin.persistence.tck.visibility.RandomRuns.DECIMALS;
import static io.odin.persistence.tck.visibility.RandomRuns.INSTANTS;
import static io.odin.persistence.tck.visibility.RandomRuns.NUMBERS;
import static io.odin.persistence.tck.visibility.RandomRuns.RUN_IDS;
import static io.odin.persistence.tck.visibility.RandomRuns.TEXTS;

import io.odin.persistence.run.RunKey;
import io.odin.persistence.run.WorkflowState;
import io.odin.persistence.tck.harness.Samples;
import io.odin.persistence.tck.visibility.SearchedField.Operators;
import io.odin.persistence.visibility.VisibilityRecord;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Random queries about {@link RandomRuns}: conditions, combined by AND, OR, NOT and parentheses,
 * and their meaning in SQL's three-valued logic.
 */
final class RandomQueries {

  // Compares texts by code points, that is, by their UTF-8 bytes.
  private static final Comparator<String> BY_CODE_POINTS =
      (a, b) ->
          Arrays.compareUnsigned(
              a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

  private static final List<Long> DURATIONS =
      List.of(0L, 1L, Duration.between(Samples.STARTED, Samples.ENDED).toMillis());

  private static final List<SearchedField<?>> FIELDS =
      List.of(
          keyword("WorkflowId", run -> Optional.of(run.record().run().workflowId())),
          keyword("WorkflowType", run -> Optional.of(run.record().workflowType())),
          keyword("TaskQueue", run -> Optional.of(run.record().taskQueue())),
          keyword("ParentWorkflowId", run -> run.record().parent().map(RunKey::workflowId)),
          keyword("CustomerId", run -> run.record().searchAttributes().keyword("CustomerId")),
          keyword("Tag.`cost center`", run -> tag(run, "cost center")),
          keyword("Tag.`a``b`", run -> tag(run, "a`b")),
          new SearchedField<>(
              "Products",
              run -> run.record().searchAttributes().keywordList("Products"),
              TEXTS,
              Writing::text,
              BY_CODE_POINTS,
              Operators.EQUALITY),
          new SearchedField<>(
              "ExecutionStatus",
              run -> List.of(run.record().state()),
              List.of(WorkflowState.values()),
              (random, state) -> Writing.text(random, state.name()),
              Comparator.naturalOrder(),
              Operators.EQUALITY),
          new SearchedField<>(
              "Express",
              run -> run.record().searchAttributes().bool("Express").stream().toList(),
              List.of(true, false),
              (random, value) -> String.valueOf(value),
              Comparator.naturalOrder(),
              Operators.EQUALITY),
          ordered(
              "ParentRunId",
              run -> run.record().parent().map(parent -> parent.runId().toString()),
              RUN_IDS.stream().map(UUID::toString).toList(),
              Writing::text),
          instant("StartTime", run -> Optional.of(run.record().startTime())),
          instant("ExecutionTime", run -> Optional.of(run.record().executionTime())),
          instant("CloseTime", run -> run.record().closeTime()),
          instant("Due", run -> run.record().searchAttributes().datetime("Due")),
          number("HistoryLength", VisibilityRecord::historyLength),
          number("StateTransitionCount", VisibilityRecord::stateTransitionCount),
          ordered(
              "ExecutionDuration",
              run -> run.record().executionDuration().map(Duration::toMillis),
              DURATIONS,
              Writing::duration),
          whole(
              "DurationMs",
              DURATIONS,
              run -> run.record().executionDuration().map(Duration::toMillis)),
          whole(
              "Amount",
              NUMBERS,
              run ->
                  run.record().searchAttributes().integer("Amount").stream().boxed().findFirst()),
          ordered(
              "Weight",
              run -> run.record().searchAttributes().decimal("Weight").stream().boxed().findFirst(),
              DECIMALS,
              (random, number) -> String.valueOf(number)));

  private final Random random;

  RandomQueries(Random random) {
    this.random = random;
  }

  private static Optional<String> tag(SearchedRun run, String key) {
    return Optional.ofNullable(run.tags().values().get(key));
  }

  private static SearchedField<String> keyword(
      String name, Function<SearchedRun, Optional<String>> value) {
    return new SearchedField<>(
        name,
        run -> value.apply(run).stream().toList(),
        TEXTS,
        Writing::text,
        BY_CODE_POINTS,
        Operators.PREFIX);
  }

  private static SearchedField<Instant> instant(
      String name, Function<SearchedRun, Optional<Instant>> value) {
    return ordered(name, value, INSTANTS, Writing::instant);
  }

  private static SearchedField<BigDecimal> number(
      String name, Function<VisibilityRecord, Long> value) {
    return whole(name, COUNTS, run -> Optional.of(value.apply(run.record())));
  }

  /** Compared with whole numbers and with those halfway between two of them. */
  private static SearchedField<BigDecimal> whole(
      String name, List<Long> samples, Function<SearchedRun, Optional<Long>> value) {
    List<BigDecimal> halves =
        samples.stream()
            .filter(sample -> sample != Long.MIN_VALUE)
            .map(sample -> BigDecimal.valueOf(sample).subtract(new BigDecimal("0.5")))
            .toList();
    List<BigDecimal> all =
        Stream.concat(samples.stream().map(BigDecimal::valueOf), halves.stream()).toList();
    return ordered(name, run -> value.apply(run).map(BigDecimal::valueOf), all, Writing::number);
  }

  private static <T extends Comparable<T>> SearchedField<T> ordered(
      String name,
      Function<SearchedRun, Optional<T>> value,
      List<T> samples,
      BiFunction<Random, T, String> literal) {
    return new SearchedField<>(
        name,
        run -> value.apply(run).stream().toList(),
        samples,
        literal,
        Comparator.naturalOrder(),
        Operators.ORDER);
  }

  /** Another query, of up to 64 conditions. */
  SampleQuery next() {
    return or(2);
  }

  private SampleQuery or(int depth) {
    return oneOrTwo("OR", Truth::or, () -> and(depth));
  }

  private SampleQuery and(int depth) {
    return oneOrTwo("AND", Truth::and, () -> not(depth));
  }

  private SampleQuery oneOrTwo(
      String word, BinaryOperator<Truth> join, Supplier<SampleQuery> part) {
    return Stream.generate(part)
        .limit(1 + random.nextInt(2))
        .reduce((one, two) -> one.joined(word, join, two))
        .orElseThrow();
  }

  private SampleQuery not(int depth) {
    return random.nextInt(3) == 0 ? primary(depth).negated() : primary(depth);
  }

  private SampleQuery primary(int depth) {
    return depth > 0 && random.nextInt(3) == 0
        ? or(depth - 1).inParentheses()
        : FIELDS.get(random.nextInt(FIELDS.size())).test(random);
  }
}
