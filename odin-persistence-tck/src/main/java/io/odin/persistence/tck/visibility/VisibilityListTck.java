package io.odin.persistence.tck.visibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.odin.persistence.error.InvalidRequestException;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.run.WorkflowState;
import io.odin.persistence.tck.harness.Samples;
import io.odin.persistence.tck.harness.Scenario;
import io.odin.persistence.value.Json;
import io.odin.persistence.value.Page;
import io.odin.persistence.value.PageRequest;
import io.odin.persistence.visibility.GroupCount;
import io.odin.persistence.visibility.SearchAttributes;
import io.odin.persistence.visibility.TagMatch;
import io.odin.persistence.visibility.Tags;
import io.odin.persistence.visibility.VisibilityGroup;
import io.odin.persistence.visibility.VisibilityOrder;
import io.odin.persistence.visibility.VisibilityRecord;
import io.odin.persistence.visibility.query.VisibilityQuery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Listing and counting visibility records. */
public abstract class VisibilityListTck extends AbstractVisibilityTck {

  /** For backends. */
  protected VisibilityListTck() {}

  /** A record with its own times and state. */
  private VisibilityRecord stored(int i) {
    Instant started = Samples.STARTED.plusSeconds(i % 7);
    VisibilityRecord.Builder record =
        VisibilityRecord.builder(newRun(), i % 2 == 0 ? "Even" : "Odd", "queue-" + i % 3, started)
            .executionTime(Samples.STARTED.plusSeconds(i % 5))
            .historyLength(i);
    return stored(
        i % 4 == 0
            ? record
            : record.closed(
                i % 4 == 1 ? WorkflowState.COMPLETED : WorkflowState.FAILED,
                started.plusSeconds(i % 3)));
  }

  private List<VisibilityRecord> list(int limit, String query) {
    return list(limit, query, VisibilityOrder.CLOSE_TIME);
  }

  private List<VisibilityRecord> list(int limit, String query, VisibilityOrder order) {
    return allPages(
        limit, page -> store().list(namespace(), VisibilityQuery.parse(query), order, page));
  }

  private List<UUID> runs(String query) {
    return list(100, query).stream().map(record -> record.run().runId()).toList();
  }

  private long count(String query) {
    return store().count(namespace(), VisibilityQuery.parse(query));
  }

  @Test
  @Scenario("VI-03")
  void list_ofAShortRun_returnsItOnce() {
    RunKey run = newRun();
    store().upsert(open(run), 1);
    VisibilityRecord ended =
        Samples.visibility(run)
            .closed(WorkflowState.COMPLETED, Samples.STARTED.plusMillis(1))
            .build();

    store().upsert(ended, 2);

    assertThat(list(10, "")).containsExactly(ended);
    assertThat(list(10, "CloseTime IS NULL")).isEmpty();
  }

  @Test
  @Scenario("VI-02")
  void list_ofARunThatEndedBeforeItBegan_returnsAZeroDuration() {
    VisibilityRecord skewed =
        stored(
            Samples.visibility(newRun())
                .closed(WorkflowState.FAILED, Samples.STARTED.minusSeconds(5)));

    assertThat(list(10, "ExecutionDuration = 0")).containsExactly(skewed);
    assertThat(list(10, "DurationMs > 0 OR DurationMs IS NULL")).isEmpty();
  }

  @Test
  @Scenario("VI-04")
  void pages_returnEveryRunOnceInOrder() {
    List<VisibilityRecord> stored = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      stored.add(stored(i));
    }

    for (VisibilityOrder order : VisibilityOrder.values()) {
      List<VisibilityRecord> listed = list(7, "", order);
      assertThat(listed).containsExactlyInAnyOrderElementsOf(stored);
      assertThat(listed).as("%s", order).isSortedAccordingTo(comparator(order));
      assertThat(list(1000, "", order)).isEqualTo(listed);
    }
  }

  private static Comparator<VisibilityRecord> comparator(VisibilityOrder order) {
    Comparator<VisibilityRecord> times =
        switch (order) {
          case CLOSE_TIME ->
              latest((VisibilityRecord record) -> record.closeTime().orElse(Instant.MAX))
                  .thenComparing(latest(VisibilityRecord::startTime));
          case START_TIME -> latest(VisibilityRecord::startTime);
          case EXECUTION_TIME -> latest(VisibilityRecord::executionTime);
        };
    return times.thenComparing(latest(record -> record.run().runId().toString()));
  }

  private static <T extends Comparable<T>> Comparator<VisibilityRecord> latest(
      Function<VisibilityRecord, T> key) {
    return Comparator.comparing(key).reversed();
  }

  @Test
  @Scenario("VI-05")
  void page_thatIsExactlyFull_isTheLast() {
    for (int i = 0; i < 10; i++) {
      stored(i);
    }

    Page<VisibilityRecord> page =
        store()
            .list(
                namespace(),
                VisibilityQuery.all(),
                VisibilityOrder.CLOSE_TIME,
                PageRequest.first(10));

    assertThat(page.items()).hasSize(10);
    assertThat(page.next()).isEmpty();
    assertThat(list(3, "WorkflowType = 'None'")).isEmpty();
  }

  @Test
  @Scenario("VI-06")
  void pages_ofRunsOfOneTime_returnEachOnce() {
    UUID sameRun = UUID.randomUUID();
    List<RunKey> runs = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      RunKey run = newRun();
      // Run ids are unique within their workflow only: another workflow may have the same.
      RunKey key = i % 10 == 0 ? new RunKey(run.namespace(), run.workflowId(), sameRun) : run;
      stored(Samples.visibility(key));
      runs.add(key);
    }

    for (VisibilityOrder order : VisibilityOrder.values()) {
      assertThat(list(7, "", order))
          .extracting(VisibilityRecord::run)
          .containsExactlyInAnyOrderElementsOf(runs);
    }
  }

  @Test
  @Scenario("VI-07")
  void pages_whileRunsChange_returnTheOthersOnce() {
    List<VisibilityRecord> unchanged = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      unchanged.add(stored(4 * i + 1));
    }
    VisibilityRecord closing = stored(Samples.visibility(newRun()));

    int[] pages = {0};
    List<VisibilityRecord> listed =
        allPages(
            6,
            page -> {
              if (pages[0]++ == 1) {
                stored(Samples.visibility(newRun()));
                store()
                    .upsert(
                        closing.toBuilder().closed(WorkflowState.FAILED, Samples.ENDED).build(), 2);
              }
              return store()
                  .list(namespace(), VisibilityQuery.all(), VisibilityOrder.CLOSE_TIME, page);
            });

    assertThat(listed).doesNotHaveDuplicates().containsAll(unchanged);
  }

  @Test
  @Scenario("VI-08")
  void filters_findExactlyTheirRuns() {
    List<VisibilityRecord> stored = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      stored.add(stored(i));
    }
    RunKey some = stored.get(3).run();

    assertThat(list(3, "WorkflowType = 'Even'")).hasSize(5);
    assertThat(list(3, "WorkflowType = 'even'")).isEmpty();
    assertThat(list(3, "ExecutionStatus = 'Running'")).hasSize(3);
    assertThat(list(3, "ExecutionStatus != 'Running' AND TaskQueue IN ('queue-0', 'queue-1')"))
        .allMatch(record -> record.state().isClosed() && !record.taskQueue().equals("queue-2"))
        .hasSize(5);
    assertThat(list(3, "WorkflowId = '" + some.workflowId() + "'")).containsExactly(stored.get(3));
    assertThat(list(3, "RunId = '" + some.runId() + "'")).containsExactly(stored.get(3));
    assertThat(
            list(
                3,
                "StartTime BETWEEN '%s' AND '%s'"
                    .formatted(Samples.STARTED.plusSeconds(1), Samples.STARTED.plusSeconds(2)),
                VisibilityOrder.START_TIME))
        .hasSize(4);
    assertThat(list(3, "StartTime < now() - 'P1D'")).hasSize(10);
    assertThat(list(3, "HistoryLength >= 3 AND NOT (HistoryLength > 6 OR HistoryLength = 4)"))
        .extracting(VisibilityRecord::historyLength)
        .containsExactlyInAnyOrder(3L, 5L, 6L);
    assertThat(list(3, "ParentWorkflowId IS NULL AND CloseTime IS NOT NULL")).hasSize(7);
  }

  @Test
  @Scenario("VI-08")
  void filters_onAttributes_findExactlyTheirRuns() {
    registerSampleAttributes(namespace());
    VisibilityRecord full = stored(Samples.fullVisibility(newRun()).toBuilder());
    VisibilityRecord other =
        stored(
            Samples.visibility(newRun())
                .searchAttributes(
                    SearchAttributes.builder()
                        .keyword("CustomerId", "c-2")
                        .integer("Amount", 100)
                        .decimal("Weight", 7)
                        .isFalse("Express")
                        .datetime("Due", Samples.STARTED)
                        .build()));
    stored(Samples.visibility(newRun()));
    Map<String, VisibilityRecord> queries =
        Map.ofEntries(
            Map.entry("CustomerId = 'c-2'", other),
            Map.entry("CustomerId != 'c-2'", full),
            Map.entry("CustomerId STARTS_WITH 'c-1'", full),
            Map.entry("CustomerId NOT STARTS_WITH 'c-1'", other),
            Map.entry("CustomerId > 'c-1 zzz'", other),
            Map.entry("Amount = 100", other),
            Map.entry("Amount < 100", full),
            Map.entry("Amount NOT IN (12, 13)", other),
            Map.entry("Amount BETWEEN 13 AND 1000", other),
            Map.entry("Weight = 7", other),
            Map.entry("Weight <= 0.75", full),
            Map.entry("Weight NOT BETWEEN 0.5 AND 0.8", other),
            Map.entry("Express = true", full),
            Map.entry("Express != true", other),
            Map.entry("Due = '" + Samples.ENDED + "'", full),
            Map.entry("Due < '" + Samples.ENDED + "'", other),
            Map.entry("Products IS NOT NULL", full),
            Map.entry("Products IS NULL AND Due < now()", other));

    queries.forEach((query, found) -> assertThat(list(10, query)).as(query).containsExactly(found));
  }

  @Test
  @Scenario("VI-13")
  void count_isExact() {
    for (int i = 0; i < 20; i++) {
      stored(i);
    }
    VisibilityRecord deleted = stored(Samples.visibility(newRun()));
    store().delete(deleted.run(), 1);

    assertThat(count("")).isEqualTo(20);
    assertThat(count("WorkflowType = 'Odd'")).isEqualTo(10);
    assertThat(count("WorkflowType = 'Odd' AND ExecutionStatus = 'Failed'")).isEqualTo(5);
    assertThat(count("WorkflowType = 'None'")).isZero();
    assertThat(store().count(newNamespace(), VisibilityQuery.all())).isZero();
  }

  @Test
  @Scenario("VI-14")
  void countBy_addsUpToTheCount() {
    for (int i = 0; i < 22; i++) {
      stored(i);
    }

    assertThat(countBy("", VisibilityGroup.EXECUTION_STATUS))
        .containsExactly(
            new GroupCount("failed", 10),
            new GroupCount("completed", 6),
            new GroupCount("running", 6));
    for (VisibilityGroup group : VisibilityGroup.values()) {
      assertThat(countBy("HistoryLength > 4", group).stream().mapToLong(GroupCount::count).sum())
          .isEqualTo(count("HistoryLength > 4"));
    }
    assertThat(countBy("WorkflowType = 'None'", VisibilityGroup.TASK_QUEUE)).isEmpty();
  }

  private List<GroupCount> countBy(String query, VisibilityGroup group) {
    return store().countBy(namespace(), VisibilityQuery.parse(query), group);
  }

  @Test
  @Scenario("VI-11")
  void list_omitsDeletedRecords() {
    VisibilityRecord record = stored(Samples.visibility(newRun()));
    store().delete(record.run(), 1);
    store().delete(newRun(), 1);

    for (VisibilityOrder order : VisibilityOrder.values()) {
      assertThat(list(10, "", order)).isEmpty();
    }
  }

  @Test
  @Scenario("VI-24")
  void keywordList_matchesByAnyElement() {
    registerSampleAttributes(namespace());
    VisibilityRecord ab = stored(withProducts(List.of("a", "b")));
    VisibilityRecord c = stored(withProducts(List.of("c")));
    stored(withProducts(List.of()));
    stored(Samples.visibility(newRun()));

    assertThat(list(10, "Products = 'a'")).containsExactly(ab);
    assertThat(list(10, "Products = 'b'")).containsExactly(ab);
    assertThat(list(10, "Products IN ('b', 'x')")).containsExactly(ab);
    assertThat(list(10, "Products IN ('b', 'c')")).containsExactlyInAnyOrder(ab, c);
    assertThat(list(10, "Products != 'a'")).containsExactly(c);
    assertThat(list(10, "Products NOT IN ('c', 'x')")).containsExactly(ab);
    assertThat(list(10, "Products IS NULL")).hasSize(2);
  }

  private VisibilityRecord.Builder withProducts(List<String> products) {
    return Samples.visibility(newRun())
        .searchAttributes(SearchAttributes.builder().keywordList("Products", products).build());
  }

  @Test
  @Scenario("VI-25")
  void token_ofAnotherQueryOrNamespace_isRefused() {
    for (int i = 0; i < 4; i++) {
      stored(i);
    }
    NamespaceId other = newNamespace();
    VisibilityQuery query = VisibilityQuery.parse("HistoryLength >= 0");
    VisibilityOrder order = VisibilityOrder.CLOSE_TIME;
    PageRequest next =
        PageRequest.after(
            store().list(namespace(), query, order, PageRequest.first(1)).next().orElseThrow(), 10);

    assertThat(store().list(namespace(), query, order, next).items()).hasSize(3);
    thrownBy(InvalidRequestException.class, () -> store().list(other, query, order, next));
    thrownBy(
        InvalidRequestException.class,
        () -> store().list(namespace(), VisibilityQuery.all(), order, next));
    thrownBy(
        InvalidRequestException.class,
        () -> store().list(namespace(), query, VisibilityOrder.START_TIME, next));
    thrownBy(
        InvalidRequestException.class,
        () -> store().searchByTags(namespace(), Tags.of(Map.of("a", "b")), TagMatch.ALL, next));
  }

  @Test
  @Scenario("VI-26")
  void searchByTags_findsRunsWithAllOrAnyOfThem() {
    UUID first = tagged(Map.of("team", "red", "env", "prod"));
    UUID second = tagged(Map.of("team", "red", "env", "test"));
    UUID third = tagged(Map.of("team", "Red"));
    Map<String, String> wanted = Map.of("team", "red", "env", "prod");

    assertThat(byTags(wanted, TagMatch.ALL)).containsExactly(first);
    assertThat(byTags(wanted, TagMatch.ANY)).containsExactlyInAnyOrder(first, second);
    assertThat(byTags(Map.of("team", "Red"), TagMatch.ALL)).containsExactly(third);
    assertThat(byTags(Map.of("team", "blue"), TagMatch.ANY)).isEmpty();
    assertThat(byTags(Map.of("team", "red", "env", "test"), TagMatch.ALL)).containsExactly(second);
    thrownBy(InvalidRequestException.class, () -> byTags(Map.of(), TagMatch.ANY));
  }

  @Test
  @Scenario("VI-26")
  void searchByTags_afterTheyWereReplaced_findsTheNewOnes() {
    UUID run = tagged(Map.of("a", "1", "b", "2"));
    RunKey key = list(10, "RunId = '" + run + "'").getFirst().run();

    store().setTags(key, Tags.of(Map.of("b", "3")));

    assertThat(byTags(Map.of("a", "1"), TagMatch.ANY)).isEmpty();
    for (TagMatch match : TagMatch.values()) {
      assertThat(byTags(Map.of("b", "3"), match)).containsExactly(run);
    }
    assertThat(runs("Tag.`b` = '3'")).containsExactly(run);
    assertThat(runs("Tag.`a` IS NULL")).containsExactly(run);
    assertThat(runs("Tag.`b` != '2' AND Tag.`b` IS NOT NULL AND Tag.`b` NOT IN ('1')"))
        .containsExactly(run);
    assertThat(runs("Tag.`a` != '2' OR Tag.`b` = '2'")).isEmpty();
  }

  @Test
  @Scenario("VI-26")
  void searchByTags_withAPageTokenOfOtherTags_isRefused() {
    tagged(Map.of("a", "1", "b", "2"));
    tagged(Map.of("a", "1", "b", "2"));
    Tags two = Tags.of(Map.of("a", "1", "b", "2"));
    PageRequest next =
        PageRequest.after(
            store()
                .searchByTags(namespace(), two, TagMatch.ALL, PageRequest.first(1))
                .next()
                .orElseThrow(),
            1);

    assertThat(store().searchByTags(namespace(), two, TagMatch.ALL, next).items()).hasSize(1);
    thrownBy(
        InvalidRequestException.class,
        () ->
            store().searchByTags(namespace(), Tags.of(Map.of("a", "1, b=2")), TagMatch.ALL, next));
  }

  private UUID tagged(Map<String, String> tags) {
    VisibilityRecord record = stored(Samples.visibility(newRun()).memo(Json.emptyObject()));
    store().setTags(record.run(), Tags.of(tags));
    return record.run().runId();
  }

  private List<UUID> byTags(Map<String, String> tags, TagMatch match) {
    return allPages(1, page -> store().searchByTags(namespace(), Tags.of(tags), match, page))
        .stream()
        .map(record -> record.run().runId())
        .toList();
  }
}
