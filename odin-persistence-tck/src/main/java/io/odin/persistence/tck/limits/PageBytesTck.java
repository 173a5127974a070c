package io.odin.persistence.tck.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.odin.persistence.Limits;
import io.odin.persistence.Persistence;
import io.odin.persistence.error.LimitExceededException;
import io.odin.persistence.execution.CreateMode;
import io.odin.persistence.execution.CreateRun;
import io.odin.persistence.execution.RunState;
import io.odin.persistence.execution.UpdateRun;
import io.odin.persistence.history.EventRange;
import io.odin.persistence.history.HistoryEvent;
import io.odin.persistence.namespace.Namespace;
import io.odin.persistence.namespace.NamespaceFilter;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.namespace.NamespaceSettings;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.schedule.Schedule;
import io.odin.persistence.schedule.ScheduleKey;
import io.odin.persistence.signal.NewSignal;
import io.odin.persistence.signal.WorkflowSignal;
import io.odin.persistence.task.DeadLetter;
import io.odin.persistence.task.LeasedTask;
import io.odin.persistence.task.NewTask;
import io.odin.persistence.task.TaskFailure;
import io.odin.persistence.task.TaskQueue;
import io.odin.persistence.tck.harness.Samples;
import io.odin.persistence.tck.harness.Scenario;
import io.odin.persistence.timer.TimerUpsert;
import io.odin.persistence.timer.WorkflowTimer;
import io.odin.persistence.value.Json;
import io.odin.persistence.value.Page;
import io.odin.persistence.value.PageRequest;
import io.odin.persistence.value.PageToken;
import io.odin.persistence.visibility.TagMatch;
import io.odin.persistence.visibility.Tags;
import io.odin.persistence.visibility.VisibilityOrder;
import io.odin.persistence.visibility.VisibilityRecord;
import io.odin.persistence.visibility.query.VisibilityQuery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Pages, polls and claims end at a number of bytes, too. */
public abstract class PageBytesTck extends AbstractLimitsTck {

  private static final int BLOB = Limits.DEFAULTS.blobBytes();

  /** For backends. */
  protected PageBytesTck() {}

  /** All items in pages that end early. */
  private static <T> List<T> boundedPages(
      int pageBytes, Function<PageRequest, Page<T>> listing, ToLongFunction<T> bytes) {
    List<T> items = new ArrayList<>();
    Optional<PageToken> next = Optional.empty();
    int pages = 0;
    do {
      Page<T> page = listing.apply(new PageRequest(1000, next));
      long sum = page.items().stream().mapToLong(bytes).sum();
      assertThat(page.items().size() == 1 || sum <= pageBytes)
          .as("a page of %d items has %d bytes", page.items().size(), sum)
          .isTrue();
      assertThat(page.items().isEmpty() && page.next().isPresent()).isFalse();
      items.addAll(page.items());
      next = page.next();
      pages++;
    } while (next.isPresent());
    assertThat(pages).isGreaterThan(1);
    return items;
  }

  private RunKey withEvents(int count, IntFunction<Json> data, RunState state) {
    RunKey run = newRun();
    CreateRun.Builder create =
        CreateRun.builder(run, CreateMode.bypassCurrent(), Samples.definition(), state);
    for (int i = 1; i <= count; i++) {
      create.event(new HistoryEvent(i, "E", Samples.STARTED, data.apply(i)));
    }
    persistence().executions().importRun(acquireShardFor(run.workflowId()), create.build());
    return run;
  }

  @Test
  @Scenario("LI-06")
  void history_ofTheLargestEvents_isReadInPages() {
    Json largest = document(BLOB);
    RunKey run = withEvents(24, i -> i % 10 == 0 ? Json.of("0") : largest, Samples.running());
    int pageBytes = persistence().limits().pageBytes();

    List<HistoryEvent> read =
        boundedPages(
            pageBytes,
            page -> persistence().history().read(run, EventRange.all(), page),
            event -> bytes(event.data()));
    List<HistoryEvent> reverse =
        boundedPages(
            pageBytes,
            page -> persistence().history().readReverse(run, EventRange.all(), page),
            event -> bytes(event.data()));

    assertThat(read)
        .extracting(HistoryEvent::eventId)
        .isEqualTo(LongStream.rangeClosed(1, 24).boxed().toList());
    assertThat(reverse.reversed()).isEqualTo(read);
    assertThat(persistence().history().read(run, EventRange.all(), PageRequest.first(3)).items())
        .hasSize(3);
  }

  @Test
  @Scenario("LI-06")
  void history_ofSmallAndLargeEvents_isReadInFullPagesWhereItFits() {
    RunKey run = withEvents(300, i -> i % 7 == 0 ? large(i) : Json.of("" + i), Samples.running());

    List<HistoryEvent> read =
        persistence().history().read(run, EventRange.all(), PageRequest.first(1000)).items();

    assertThat(read).hasSize(300);
    assertThat(read.get(6).data()).isEqualTo(large(7));
    Persistence small = withPagesOf(250_000);
    assertThat(
            boundedPages(
                250_000,
                page -> small.history().read(run, EventRange.all(), page),
                event -> bytes(event.data())))
        .isEqualTo(read);
  }

  @Test
  @Scenario("LI-06")
  void documents_thatAreCompressedOrWide_countAsTheyAreReturned() {
    String wide = "注".repeat(LARGE / 3);
    String numbers = "1e300,".repeat(50) + "1";
    RunKey run =
        withEvents(20, i -> Json.of("[" + numbers + ",\"" + wide + i + "\"]"), Samples.running());

    Persistence small = withPagesOf(300_000);
    assertThat(
            boundedPages(
                450_000,
                page -> small.history().read(run, EventRange.all(), page),
                event -> bytes(event.data())))
        .hasSize(20);
  }

  @Test
  @Scenario("LI-06")
  void signalsTimersAndDeadLetters_arePaged() {
    int pageBytes = 2 * LARGE + LARGE / 2;
    Persistence small = withPagesOf(pageBytes);
    RunKey run = startedRun();
    UpdateRun.Builder update = Samples.update(run, 1);
    TaskQueue queue = newQueue();
    for (int i = 0; i < COUNT; i++) {
      small.signals().put(run, NewSignal.create("s", large(i)));
      update.timer(new TimerUpsert("t-" + i, Samples.STARTED, large(i)));
      small.taskQueues().enqueue(NewTask.builder(queue, run, large(i)).taskId(i).build());
    }
    apply(small, update.build());
    int dead = 0;
    while (dead < COUNT) {
      List<LeasedTask> polled = poll(small, queue, 100);
      assertThat(polled).isNotEmpty().hasSizeLessThanOrEqualTo(2);
      for (LeasedTask task : polled) {
        small.taskQueues().fail(task.lease(), new TaskFailure("dead", Duration.ZERO, 1));
      }
      dead += polled.size();
    }

    List<Json> all = IntStream.range(0, COUNT).mapToObj(AbstractLimitsTck::large).toList();
    assertThat(
            boundedPages(
                pageBytes,
                page -> small.signals().pending(run, page),
                signal -> bytes(signal.input())))
        .extracting(WorkflowSignal::input)
        .isEqualTo(all);
    assertThat(
            boundedPages(
                pageBytes, page -> small.timers().list(run, page), timer -> bytes(timer.data())))
        .extracting(WorkflowTimer::data)
        .isEqualTo(all);
    assertThat(
            boundedPages(
                pageBytes,
                page -> small.timers().due(acquireShardFor(run.workflowId()), page),
                timer -> bytes(timer.data())))
        .filteredOn(timer -> timer.run().equals(run))
        .extracting(WorkflowTimer::data)
        .isEqualTo(all);
    assertThat(
            boundedPages(
                pageBytes,
                page -> small.timers().dueOfAll(List.of(acquireShardFor(run.workflowId())), page),
                timer -> bytes(timer.data())))
        .filteredOn(timer -> timer.run().equals(run))
        .extracting(WorkflowTimer::data)
        .isEqualTo(all);
    assertThat(
            boundedPages(
                pageBytes,
                page -> small.taskQueues().deadLetters(queue, page),
                letter -> bytes(letter.data())))
        .extracting(DeadLetter::data)
        .isEqualTo(all);
  }

  @Test
  @Scenario("LI-06")
  void visibility_isPaged() {
    int pageBytes = 3 * LARGE;
    Persistence small = withPagesOf(pageBytes);
    Tags tags = Tags.of(Map.of("a", "b"));
    for (int i = 0; i < COUNT; i++) {
      RunKey run = newRun();
      small.visibility().upsert(Samples.visibility(run).memo(large(i)).build(), 1);
      small.visibility().setTags(run, tags);
    }
    List<Json> all = IntStream.range(0, COUNT).mapToObj(AbstractLimitsTck::large).toList();
    for (VisibilityOrder order : VisibilityOrder.values()) {
      for (String query : List.of("", "WorkflowType = 'OrderWorkflow'", "WorkflowId != 'x'")) {
        assertThat(
                boundedPages(
                    pageBytes,
                    page ->
                        small
                            .visibility()
                            .list(namespace(), VisibilityQuery.parse(query), order, page),
                    record -> bytes(record.memo())))
            .extracting(VisibilityRecord::memo)
            .containsExactlyInAnyOrderElementsOf(all);
      }
    }
    assertThat(
            boundedPages(
                pageBytes,
                page -> small.visibility().searchByTags(namespace(), tags, TagMatch.ALL, page),
                record -> bytes(record.memo())))
        .extracting(VisibilityRecord::memo)
        .containsExactlyInAnyOrderElementsOf(all);
  }

  @Test
  @Scenario("LI-06")
  void records_ofTheLargestSize_areSorted() {
    Json largest = document(BLOB);
    int count = 40;
    for (int i = 0; i < count; i++) {
      persistence()
          .visibility()
          .upsert(Samples.visibility(newRun()).memo(largest).status("s" + i % 3).build(), 1);
    }
    VisibilityQuery query = VisibilityQuery.parse("WorkflowId != 'x' AND HistoryLength >= 0");
    for (VisibilityOrder order : VisibilityOrder.values()) {
      assertThat(
              boundedPages(
                  persistence().limits().pageBytes(),
                  page -> persistence().visibility().list(namespace(), query, order, page),
                  record -> bytes(record.memo())))
          .extracting(VisibilityRecord::run)
          .hasSize(count)
          .doesNotHaveDuplicates();
    }
  }

  @Test
  @Scenario("LI-06")
  void namespaces_arePaged() {
    int pageBytes = 3 * LARGE;
    Persistence small = withPagesOf(pageBytes);
    long before =
        persistence()
            .namespaces()
            .create(NamespaceId.create(), "tck-" + UUID.randomUUID(), NamespaceSettings.defaults())
            .changeSequence();
    List<NamespaceId> created = new ArrayList<>();
    for (int i = 0; i < COUNT; i++) {
      NamespaceId id = NamespaceId.create();
      small
          .namespaces()
          .create(id, "tck-" + id, NamespaceSettings.builder().data(large(i)).build());
      created.add(id);
    }

    assertThat(
            boundedPages(
                pageBytes,
                page -> small.namespaces().list(NamespaceFilter.LIVE, page),
                namespace -> bytes(namespace.settings().data())))
        .extracting(Namespace::id)
        .containsAll(created)
        .doesNotHaveDuplicates();
    List<NamespaceId> changed = new ArrayList<>();
    for (List<Namespace> some = small.namespaces().changesSince(before, 1000);
        !some.isEmpty();
        some = small.namespaces().changesSince(some.getLast().changeSequence(), 1000)) {
      assertThat(some).hasSizeLessThan(COUNT);
      some.forEach(namespace -> changed.add(namespace.id()));
    }
    assertThat(changed).containsSubsequence(created);
  }

  @Test
  @Scenario("LI-06")
  void schedules_arePaged_andThoseOfNamesAreRefusedIfTheyAreTooLarge() {
    int pageBytes = 5 * LARGE;
    Persistence small = withPagesOf(pageBytes);
    List<ScheduleKey> schedules = largeSchedules(small);

    List<Schedule> listed =
        boundedPages(
            pageBytes, page -> small.schedules().list(namespace(), page), AbstractLimitsTck::bytes);

    assertThat(listed).extracting(Schedule::key).containsExactlyInAnyOrderElementsOf(schedules);
    List<String> names = listed.stream().map(Schedule::name).toList();
    assertThat(persistence().schedules().findAll(namespace(), names)).isEqualTo(listed);
    assertThat(small.schedules().findAll(namespace(), names.subList(0, 2)))
        .isEqualTo(listed.subList(0, 2));
    assertThat(
            thrownBy(
                    LimitExceededException.class,
                    () -> small.schedules().findAll(namespace(), names))
                .limit())
        .isEqualTo("pageBytes");
  }
}
