package io.odin.persistence.tck.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.odin.persistence.Limits;
import io.odin.persistence.Persistence;
import io.odin.persistence.error.InvalidRequestException;
import io.odin.persistence.error.LimitExceededException;
import io.odin.persistence.execution.CreateMode;
import io.odin.persistence.execution.CreateRun;
import io.odin.persistence.execution.RunDefinition;
import io.odin.persistence.execution.RunState;
import io.odin.persistence.history.HistoryEvent;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.run.ParentLink;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.run.RunSummary;
import io.odin.persistence.run.WorkflowState;
import io.odin.persistence.schedule.ScheduleDefinition;
import io.odin.persistence.schedule.ScheduleKey;
import io.odin.persistence.signal.NewSignal;
import io.odin.persistence.task.NewTask;
import io.odin.persistence.task.TaskQueue;
import io.odin.persistence.task.TaskType;
import io.odin.persistence.tck.harness.Samples;
import io.odin.persistence.tck.harness.Scenario;
import io.odin.persistence.timer.TimerUpsert;
import io.odin.persistence.value.Bytes;
import io.odin.persistence.value.Json;
import io.odin.persistence.value.PageRequest;
import io.odin.persistence.value.PageToken;
import io.odin.persistence.visibility.SearchAttributes;
import io.odin.persistence.visibility.TagMatch;
import io.odin.persistence.visibility.Tags;
import io.odin.persistence.visibility.VisibilityOrder;
import io.odin.persistence.visibility.VisibilityRecord;
import io.odin.persistence.visibility.query.AttributeType;
import io.odin.persistence.visibility.query.VisibilityQuery;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** The limits of lengths and numbers, at every entry point. */
public abstract class LengthLimitsTck extends AbstractLimitsTck {

  private static final String EMOJI = "😀";

  /** For backends. */
  protected LengthLimitsTck() {}

  /** How attributes with a text are made. */
  private record Making(String name, Function<String, SearchAttributes> of) {}

  private static List<Making> makings() {
    return List.of(
        new Making(
            "keyword", text -> SearchAttributes.builder().keyword("CustomerId", text).build()),
        new Making(
            "keywordList",
            text -> SearchAttributes.builder().keywordList("Products", List.of("a", text)).build()),
        new Making(
            "keyword of JSON",
            text -> SearchAttributes.of(Json.of("{\"CustomerId\":\"" + text + "\"}"))),
        new Making(
            "keywordList of JSON",
            text -> SearchAttributes.of(Json.of("{\"Products\":[\"" + text + "\",\"a\"]}"))));
  }

  private List<EntryPoint<SearchAttributes>> ofAttributes() {
    List<EntryPoint<SearchAttributes>> all = new ArrayList<>();
    all.add(
        new EntryPoint<>(
            "visibility.upsert",
            "",
            (in, attributes) -> {
              RunKey run = newRun();
              in.visibility().upsert(shown(run, attributes), 1);
              return in.visibility().find(run).orElseThrow().searchAttributes();
            }));
    for (Entry entry : List.of(Entry.CREATE, Entry.IMPORT)) {
      all.add(
          new EntryPoint<>(
              entry.name(),
              "",
              (in, attributes) -> {
                RunKey run = newRun();
                CreateMode mode =
                    entry == Entry.IMPORT ? CreateMode.bypassCurrent() : CreateMode.brandNew();
                CreateRun create =
                    Samples.create(run, mode).visibility(shown(run, attributes)).build();
                if (entry == Entry.IMPORT) {
                  in.executions().importRun(acquireShardFor(run.workflowId()), create);
                } else {
                  apply(in, create);
                }
                return in.visibility().find(run).orElseThrow().searchAttributes();
              }));
    }
    all.add(
        new EntryPoint<>(
            "UPDATE",
            "",
            (in, attributes) -> {
              RunKey run = startedRun();
              apply(in, Samples.update(run, 1).visibility(shown(run, attributes)).build());
              return in.visibility().find(run).orElseThrow().searchAttributes();
            }));
    return all;
  }

  private static VisibilityRecord shown(RunKey run, SearchAttributes attributes) {
    return Samples.visibility(run).searchAttributes(attributes).build();
  }

  @Test
  @Scenario("LI-03")
  void keywords_areLimitedHoweverTheyAreGiven() {
    registerSampleAttributes(namespace());
    for (EntryPoint<SearchAttributes> entry : ofAttributes()) {
      for (Making making : makings()) {
        for (String character : List.of("x", "é", EMOJI)) {
          SearchAttributes longest = making.of().apply(character.repeat(Limits.KEYWORD_LENGTH));
          assertThat(entry.roundTrip().apply(persistence(), longest))
              .as(entry + " of " + making.name())
              .isEqualTo(longest);
        }
        for (int length : new int[] {256, 300, 2030, 2040, 70_000}) {
          thrownBy(
              InvalidRequestException.class,
              () -> entry.roundTrip().apply(persistence(), making.of().apply("x".repeat(length))));
        }
      }
    }
  }

  @Test
  @Scenario("LI-03")
  void keywords_ofRunsAndSchedules_areLimited() {
    persistence().visibility().registerAttribute(namespace(), "k", AttributeType.KEYWORD);
    persistence().visibility().registerAttribute(namespace(), "l", AttributeType.KEYWORD_LIST);
    for (String form : List.of("{\"k\":\"%s\"}", "{\"l\":[\"%s\"]}")) {
      Json longest = Json.of(form.formatted(EMOJI.repeat(255)));
      Json longer = Json.of(form.formatted("x".repeat(256)));
      for (Entry entry : Entry.values()) {
        RunState.Builder state = RunState.builder();
        assertThat(
                stored(persistence(), entry, state.searchAttributes(longest).build(), parts -> {})
                    .execution()
                    .state()
                    .searchAttributes())
            .isEqualTo(longest);
        thrownBy(
            InvalidRequestException.class,
            () ->
                stored(persistence(), entry, state.searchAttributes(longer).build(), parts -> {}));
      }
      ScheduleDefinition.Builder schedule = Samples.schedule(Samples.hourly().spec());
      ScheduleKey key = scheduled(persistence(), schedule.searchAttributes(longest).build());
      ScheduleDefinition refused = schedule.searchAttributes(longer).build();
      thrownBy(InvalidRequestException.class, () -> scheduled(persistence(), refused));
      thrownBy(
          InvalidRequestException.class, () -> persistence().schedules().update(key, refused, 1));
    }
  }

  @Test
  @Scenario("LI-03")
  void searches_forLongerTexts_findNothing() {
    registerSampleAttributes(namespace());
    RunKey run = newRun();
    SearchAttributes longest =
        SearchAttributes.builder().keyword("CustomerId", EMOJI.repeat(255)).build();
    persistence().visibility().upsert(shown(run, longest), 1);
    for (int length : new int[] {255, 256, 500, 1500}) {
      String text = EMOJI.repeat(length);
      for (String query :
          List.of(
              "CustomerId = '%s'",
              "CustomerId IN ('a', '%s')",
              "CustomerId STARTS_WITH '%s'",
              "Products = '%s'",
              "WorkflowType = '%s'",
              "WorkflowId = '%s'",
              "Tag.`a` = '%s'")) {
        List<VisibilityRecord> found =
            persistence()
                .visibility()
                .list(
                    namespace(),
                    VisibilityQuery.parse(query.formatted(text)),
                    VisibilityOrder.CLOSE_TIME,
                    PageRequest.first(10))
                .items();
        assertThat(found)
            .as(query + " of " + length)
            .hasSize(length == 255 && query.startsWith("CustomerId") ? 1 : 0);
      }
    }
  }

  private static Tags tags(int number, String key, String value) {
    Map<String, String> tags = new TreeMap<>();
    tags.put(key, value);
    for (int i = 1; i < number; i++) {
      tags.put("t" + i, "v");
    }
    return Tags.of(tags);
  }

  private List<EntryPoint<Tags>> ofTags() {
    List<EntryPoint<Tags>> all = new ArrayList<>();
    for (Entry entry : Entry.values()) {
      all.add(
          new EntryPoint<>(
              entry.name(),
              "tags",
              (in, tags) ->
                  in.visibility()
                      .tags(
                          stored(in, entry, Samples.running(), parts -> parts.tags(tags))
                              .execution()
                              .key())));
    }
    all.add(
        new EntryPoint<>(
            "setTags",
            "tags",
            (in, tags) -> {
              RunKey run = newRun();
              in.visibility().upsert(Samples.visibility(run).build(), 1);
              in.visibility().setTags(run, tags);
              return in.visibility().tags(run);
            }));
    return all;
  }

  @Test
  @Scenario("LI-01")
  void tags_areLimitedAtEveryEntryPoint() {
    Limits limits = persistence().limits();
    String key = EMOJI.repeat(limits.tagKeyLength());
    String value = EMOJI.repeat(limits.tagValueLength());
    for (EntryPoint<Tags> entry : ofTags()) {
      Tags most = tags(limits.tags(), key, value);
      assertThat(entry.roundTrip().apply(persistence(), most)).as(entry.name()).isEqualTo(most);
      assertRefused(entry, persistence(), tags(limits.tags() + 1, key, value), "tags");
      assertRefused(entry, persistence(), tags(1, key + "x", value), "tagKeyLength");
      thrownBy(InvalidRequestException.class, () -> tags(1, key, value + "x"));
      Persistence small =
          reopened(settings -> settings.limits(Limits.DEFAULTS.withTagValueLength(10)));
      assertRefused(entry, small, tags(1, "k", EMOJI.repeat(11)), "tagValueLength");
    }
  }

  @Test
  @Scenario("LI-01")
  void executionState_isLimitedAtEveryEntryPoint() {
    int limit = persistence().limits().executionStateBytes();
    for (Entry entry : Entry.values()) {
      EntryPoint<Bytes> state =
          new EntryPoint<>(
              entry.name(),
              "executionStateBytes",
              (in, bytes) ->
                  stored(in, entry, RunState.builder().executionState(bytes).build(), parts -> {})
                      .execution()
                      .state()
                      .executionState());
      byte[] content = new byte[limit + 1];
      new Random(1).nextBytes(content);
      Bytes longest = Bytes.copyOf(Arrays.copyOf(content, limit));
      assertThat(state.roundTrip().apply(persistence(), longest)).isEqualTo(longest);
      assertRefused(state, persistence(), Bytes.copyOf(content), "executionStateBytes");
    }
  }

  @Test
  @Scenario({"LI-01", "HI-16"})
  void historyEvents_areLimitedByCommitAndImport() {
    Persistence small =
        reopened(
            settings ->
                settings.limits(Limits.DEFAULTS.withHistoryEvents(5).withHistoryBatchBytes(1000)));
    for (Entry entry : Entry.values()) {
      RunState open = Samples.running();
      RunState closed = Samples.closed(WorkflowState.COMPLETED);
      stored(small, entry, open, parts -> parts.history(Samples.events(1, 5)));
      assertLimited(
          "historyEvents",
          () -> stored(small, entry, open, parts -> parts.history(Samples.events(1, 6))));
      int most = entry == Entry.IMPORT ? 10 : 5;
      stored(small, entry, closed, parts -> parts.history(Samples.events(1, most)));
      assertLimited(
          "historyEvents",
          () -> stored(small, entry, closed, parts -> parts.history(Samples.events(1, most + 1))));
      HistoryEvent large = new HistoryEvent(1, "E", Samples.STARTED, document(1000));
      if (entry == Entry.IMPORT) {
        stored(small, entry, open, parts -> parts.event(large));
      } else {
        assertLimited(
            "historyBatchBytes", () -> stored(small, entry, open, parts -> parts.event(large)));
      }
    }
  }

  /** So that a limit that is added gets its scenario, too. */
  @Test
  @Scenario("LI-01")
  void everyLimit_hasAScenario() {
    assertThat(Limits.class.getRecordComponents())
        .extracting(RecordComponent::getName)
        .containsExactlyInAnyOrder(
            // PayloadLimitsTck
            "blobBytes",
            // This kit
            "historyBatchBytes",
            "executionStateBytes",
            "historyEvents",
            "tags",
            "tagKeyLength",
            "tagValueLength",
            // RequestBytesTck
            "requestBytes",
            // PageBytesTck, LeaseBytesTck
            "pageBytes");
  }

  /** Text that no database compresses: each character is another one of four bytes. */
  private static String incompressible(int length, long seed) {
    return new Random(seed)
        .ints(length, 0x20000, 0x2A6DF)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  @Test
  @Scenario("LI-02")
  void textsOfTheGreatestLength_areStoredTogether() {
    int length = Limits.ID_LENGTH;
    List<String> texts =
        IntStream.range(0, 20).mapToObj(seed -> incompressible(length, seed)).toList();
    List<RunKey> runs = new ArrayList<>();
    NamespaceId namespace = namespace();
    persistence().visibility().registerAttribute(namespace, texts.get(12), AttributeType.KEYWORD);
    for (int i = 0; i < 3; i++) {
      RunKey run = RunKey.create(namespace, incompressible(length, 100 + i));
      RunDefinition definition =
          RunDefinition.builder(texts.get(1), texts.get(2), Samples.STARTED)
              .cronSchedule(texts.get(3))
              .startRequestId(texts.get(4))
              .parent(new ParentLink(texts.get(0), new UUID(0, 1), i + 1))
              .build();
      VisibilityRecord record =
          VisibilityRecord.builder(run, texts.get(1), texts.get(2), Samples.STARTED)
              .status(texts.get(5))
              .parent(new RunKey(namespace, texts.get(0), new UUID(0, 1)))
              .searchAttributes(
                  SearchAttributes.builder().keyword(texts.get(12), texts.get(13)).build())
              .build();
      Tags tags = Tags.of(Map.of(incompressible(64, 7), texts.get(6)));
      TaskQueue queue = new TaskQueue(namespace, texts.get(9), TaskType.WORKFLOW);
      persistence()
          .executions()
          .commit(
              transaction(
                      acquireShardFor(run.workflowId()),
                      CreateRun.builder(run, CreateMode.brandNew(), definition, Samples.running())
                          .event(
                              new HistoryEvent(
                                  1, texts.get(7), Samples.STARTED, Json.emptyObject()))
                          .timer(new TimerUpsert(texts.get(8), Samples.STARTED, Json.emptyObject()))
                          .timer(new TimerUpsert(texts.get(9), Samples.STARTED, Json.emptyObject()))
                          .visibility(record)
                          .tags(tags)
                          .build())
                  .enqueue(NewTask.of(queue, run, Json.emptyObject()))
                  .build());
      persistence()
          .signals()
          .put(run, new NewSignal(texts.get(10), texts.get(11), Json.emptyObject()));
      assertThat(persistence().visibility().find(run)).contains(record);
      assertThat(persistence().visibility().tags(run)).isEqualTo(tags);
      assertThat(persistence().executions().find(run).orElseThrow().execution().definition())
          .isEqualTo(definition);
      runs.add(run);
    }

    // Each key is also the position from which a listing continues.
    RunKey first = runs.getFirst();
    assertThat(allPages(1, page -> persistence().timers().list(first, page))).hasSize(2);
    assertThat(
            allPages(
                1,
                page ->
                    persistence()
                        .timers()
                        .due(acquireShardFor(first.workflowId()), Samples.STARTED, page)))
        .filteredOn(timer -> timer.run().equals(first))
        .hasSize(2);
    assertThat(
            allPages(
                1,
                page ->
                    persistence()
                        .executions()
                        .listChildren(new RunKey(namespace, texts.get(0), new UUID(0, 1)), page)))
        .extracting(RunSummary::key)
        .containsExactlyElementsOf(runs);
    for (VisibilityOrder order : VisibilityOrder.values()) {
      assertThat(
              allPages(
                  1,
                  page ->
                      persistence()
                          .visibility()
                          .list(namespace, VisibilityQuery.all(), order, page)))
          .hasSize(3);
    }
    assertThat(
            allPages(
                1,
                page ->
                    persistence()
                        .visibility()
                        .searchByTags(
                            namespace,
                            Tags.of(Map.of(incompressible(64, 7), texts.get(6))),
                            TagMatch.ALL,
                            page)))
        .hasSize(3);
    assertThat(poll(persistence(), new TaskQueue(namespace, texts.get(9), TaskType.WORKFLOW), 10))
        .hasSize(3);
    Optional<PageToken> next = Optional.empty();
    do {
      next = persistence().retention().findOrphans(new PageRequest(1000, next)).next();
    } while (next.isPresent());
  }

  private static <T> void assertRefused(
      EntryPoint<T> entry, Persistence in, T value, String limit) {
    assertLimited(limit, () -> entry.roundTrip().apply(in, value));
  }

  private static void assertLimited(String limit, ThrowingCallable call) {
    LimitExceededException thrown = thrownBy(LimitExceededException.class, call);
    assertThat(thrown.limit()).isEqualTo(limit);
    assertThat(thrown.field()).isNotBlank();
    assertThat(thrown.actual()).isGreaterThan(thrown.maximum());
  }
}
