package io.odin.persistence.tck.visibility;

import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.run.WorkflowState;
import io.odin.persistence.visibility.SearchAttributes;
import io.odin.persistence.visibility.Tags;
import io.odin.persistence.visibility.VisibilityRecord;
import io.odin.persistence.visibility.query.AttributeType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** The runs that the queries of queries.txt select from. Their names are their workflow ids. */
final class CorpusRuns {

  static final Set<String> NAMES =
      new TreeSet<>(
          Set.of(
              "order-1",
              "order-2",
              "order-3",
              "Order-1",
              "invoice-1",
              "invoice-2",
              "batch_100%",
              "bare"));

  static final Map<String, AttributeType> ATTRIBUTES =
      Map.of(
          "CustomKeywordField", AttributeType.KEYWORD,
          "CustomKeywordListField", AttributeType.KEYWORD_LIST,
          "CustomIntField", AttributeType.INT,
          "CustomDoubleField", AttributeType.DOUBLE,
          "CustomBoolField", AttributeType.BOOL,
          "CustomDatetimeField", AttributeType.DATETIME,
          "customer id", AttributeType.KEYWORD,
          "Order", AttributeType.INT);

  private static final Instant DUE = Instant.parse("2026-03-10T00:00:00Z");

  private final NamespaceId namespace;

  CorpusRuns(NamespaceId namespace) {
    this.namespace = namespace;
  }

  List<SearchedRun> all() {
    return List.of(
        order1(), order2(), order3(), anotherOrder1(), invoice1(), invoice2(), batch(), bare());
  }

  private RunKey run(String name, int number) {
    return new RunKey(namespace, name, new UUID(0x0197a5b000007000L, 0x8000000000000000L + number));
  }

  private static SearchAttributes.Builder attributes() {
    return SearchAttributes.builder();
  }

  private VisibilityRecord.Builder record(RunKey run, String type, String queue, String start) {
    return VisibilityRecord.builder(run, type, queue, Instant.parse(start));
  }

  private static VisibilityRecord closed(
      VisibilityRecord.Builder record, WorkflowState state, Duration duration) {
    Instant start = record.build().startTime();
    return record.closed(state, start.plus(duration)).build();
  }

  private SearchedRun order1() {
    return new SearchedRun(
        closed(
            record(run("order-1", 1), "OrderWorkflow", "orders", "2026-03-01T09:00:00Z")
                .historyLength(10)
                .stateTransitionCount(5)
                .searchAttributes(
                    attributes()
                        .keyword("CustomKeywordField", "eu")
                        .keywordList("CustomKeywordListField", List.of("urgent", "gift"))
                        .integer("CustomIntField", 3)
                        .decimal("CustomDoubleField", 3.5)
                        .isTrue("CustomBoolField")
                        .datetime("CustomDatetimeField", DUE)
                        .keyword("customer id", "c-1")
                        .build()),
            WorkflowState.COMPLETED,
            Duration.ofSeconds(90)),
        Tags.of(Map.of("cost center", "4711")));
  }

  private SearchedRun order2() {
    return new SearchedRun(
        closed(
            record(run("order-2", 2), "OrderWorkflow", "orders", "2026-03-01T10:00:00Z")
                .historyLength(250)
                .stateTransitionCount(20)
                .searchAttributes(
                    attributes()
                        .keyword("CustomKeywordField", "us")
                        .keywordList("CustomKeywordListField", List.of("gift"))
                        .integer("CustomIntField", 4)
                        .decimal("CustomDoubleField", 4)
                        .isFalse("CustomBoolField")
                        .datetime("CustomDatetimeField", DUE.plusNanos(123_456_000))
                        .integer("Order", 2)
                        .build()),
            WorkflowState.FAILED,
            Duration.ofMillis(1500)),
        Tags.of(Map.of("cost center", "4712")));
  }

  private SearchedRun order3() {
    return new SearchedRun(
        record(run("order-3", 3), "OrderWorkflow", "orders", "2026-03-02T00:00:00Z")
            .executionTime(Instant.parse("2026-03-02T01:00:00Z"))
            .historyLength(3)
            .stateTransitionCount(1)
            .searchAttributes(
                attributes()
                    .keyword("CustomKeywordField", "O'Brien")
                    .integer("CustomIntField", -1)
                    .decimal("CustomDoubleField", -0.25)
                    .build())
            .build(),
        Tags.none());
  }

  private SearchedRun anotherOrder1() {
    return new SearchedRun(
        closed(
            record(run("Order-1", 4), "orderworkflow", "Orders", "2026-03-03T00:00:00Z")
                .historyLength(1000)
                .stateTransitionCount(100)
                .searchAttributes(
                    attributes()
                        .keyword("CustomKeywordField", "EU")
                        .keywordList("CustomKeywordListField", List.of("Urgent"))
                        .integer("CustomIntField", 7)
                        .decimal("CustomDoubleField", 7)
                        .isTrue("CustomBoolField")
                        .build()),
            WorkflowState.CONTINUED_AS_NEW,
            Duration.ofMinutes(90)),
        Tags.none());
  }

  private SearchedRun invoice1() {
    return new SearchedRun(
        closed(
            record(run("invoice-1", 5), "InvoiceWorkflow", "billing", "2026-02-28T23:59:59.999999Z")
                .parent(run("order-1", 1))
                .historyLength(42)
                .stateTransitionCount(7)
                .searchAttributes(
                    attributes()
                        .keyword("CustomKeywordField", "say \"hi\"")
                        .keywordList("CustomKeywordListField", List.of("a", "b"))
                        .integer("CustomIntField", 0)
                        .decimal("CustomDoubleField", 1000)
                        .isFalse("CustomBoolField")
                        .build()),
            WorkflowState.TIMED_OUT,
            Duration.ofHours(36)),
        Tags.none());
  }

  private SearchedRun invoice2() {
    return new SearchedRun(
        closed(
            record(run("invoice-2", 6), "InvoiceWorkflow", "billing", "2026-03-01T12:00:00Z")
                .parent(run("order-2", 2))
                .historyLength(1)
                .searchAttributes(
                    attributes()
                        .keyword("CustomKeywordField", "")
                        .keywordList("CustomKeywordListField", List.of(""))
                        .integer("CustomIntField", 9_007_199_254_740_993L)
                        .decimal("CustomDoubleField", 0.1)
                        .build()),
            WorkflowState.CANCELED,
            Duration.ZERO),
        Tags.of(Map.of("a`b", "x")));
  }

  private SearchedRun batch() {
    return new SearchedRun(
        closed(
            record(run("batch_100%", 7), "Batch AND Co", "a\\b", "2026-03-04T00:00:00Z")
                .historyLength(2000)
                .stateTransitionCount(300)
                .searchAttributes(
                    attributes()
                        .keyword("CustomKeywordField", "100%")
                        .integer("CustomIntField", Long.MAX_VALUE)
                        .build()),
            WorkflowState.TERMINATED,
            Duration.ofDays(2)),
        Tags.none());
  }

  private SearchedRun bare() {
    return new SearchedRun(
        record(run("bare", 8), "Bare", "default", "2026-03-05T00:00:00.25Z")
            .historyLength(1)
            .build(),
        Tags.none());
  }
}
