package io.odin.persistence.tck.visibility;

import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.run.WorkflowState;
import io.odin.persistence.tck.harness.Samples;
import io.odin.persistence.visibility.SearchAttributes;
import io.odin.persistence.visibility.Tags;
import io.odin.persistence.visibility.VisibilityRecord;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * Random runs: any optional field may be missing, and values are drawn from a few, special cases
 * included.
 */
final class RandomRuns {

  static final List<String> TEXTS =
      List.of(
          "",
          "order",
          "Order",
          "BRAND AND CO",
          "O'Brien \"x\"",
          "' OR 1=1 --",
          "a%b",
          "axb",
          "a_b",
          "a\\b",
          "?:x@$1",
          "[\"order\"]",
          // Ordered by code points; the order of their UTF-16 units is the opposite.
          "ｚ",
          "📦");
  static final List<String> NAMES = TEXTS.stream().filter(text -> !text.isEmpty()).toList();
  static final List<Long> NUMBERS = List.of(Long.MIN_VALUE, -1L, 0L, 7L, 10L, Long.MAX_VALUE);
  static final List<Long> COUNTS = List.of(0L, 7L, 10L, Long.MAX_VALUE);
  static final List<Double> DECIMALS = List.of(-1.5e300, -0.1, 0.0, 0.1, 7.0, 10.0, 1e-9, 1e30);
  static final List<Instant> INSTANTS =
      List.of(
          Instant.EPOCH,
          Samples.STARTED,
          Samples.STARTED.plusNanos(1000),
          Samples.ENDED,
          Instant.parse("9999-12-31T23:59:59.999999Z"));
  static final List<UUID> RUN_IDS =
      List.of(new UUID(0, 1), new UUID(1, 0), new UUID(-1, 1), new UUID(1L << 62, -1));
  static final List<String> TAG_KEYS = List.of("cost center", "a`b");

  private final Random random;
  private final NamespaceId namespace;

  RandomRuns(Random random, NamespaceId namespace) {
    this.random = random;
    this.namespace = namespace;
  }

  /** Another run. */
  SearchedRun next() {
    return new SearchedRun(record(), tags());
  }

  private VisibilityRecord record() {
    VisibilityRecord.Builder record =
        VisibilityRecord.builder(
                new RunKey(namespace, oneOf(NAMES), UUID.randomUUID()),
                oneOf(NAMES),
                oneOf(NAMES),
                oneOf(INSTANTS))
            .executionTime(oneOf(INSTANTS))
            .historyLength(oneOf(COUNTS))
            .stateTransitionCount(oneOf(COUNTS))
            .searchAttributes(attributes());
    WorkflowState state = oneOf(List.of(WorkflowState.values()));
    if (state.isClosed()) {
      record.closed(state, oneOf(INSTANTS));
    }
    sometimes(() -> record.parent(new RunKey(namespace, oneOf(NAMES), oneOf(RUN_IDS))));
    return record.build();
  }

  private SearchAttributes attributes() {
    SearchAttributes.Builder attributes = SearchAttributes.builder();
    sometimes(() -> attributes.keyword("CustomerId", oneOf(TEXTS)));
    sometimes(
        () ->
            attributes.keywordList(
                "Products",
                IntStream.range(0, random.nextInt(3)).mapToObj(i -> oneOf(TEXTS)).toList()));
    sometimes(() -> attributes.integer("Amount", oneOf(NUMBERS)));
    sometimes(() -> attributes.decimal("Weight", oneOf(DECIMALS)));
    sometimes(
        () -> {
          if (random.nextBoolean()) {
            attributes.isTrue("Express");
          } else {
            attributes.isFalse("Express");
          }
        });
    sometimes(() -> attributes.datetime("Due", oneOf(INSTANTS)));
    return attributes.build();
  }

  private Tags tags() {
    Map<String, String> tags = new TreeMap<>();
    TAG_KEYS.forEach(key -> sometimes(() -> tags.put(key, oneOf(TEXTS))));
    return Tags.of(tags);
  }

  private void sometimes(Runnable change) {
    if (random.nextInt(3) > 0) {
      change.run();
    }
  }

  private <T> T oneOf(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  /** The text as a literal of the query language. */
  static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
