package io.odin.persistence.tck.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.odin.persistence.Limits;
import io.odin.persistence.Persistence;
import io.odin.persistence.execution.CreateMode;
import io.odin.persistence.execution.CreateRun;
import io.odin.persistence.execution.RunSnapshot;
import io.odin.persistence.execution.UpdateRun;
import io.odin.persistence.history.HistoryEvent;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.namespace.NamespaceSettings;
import io.odin.persistence.namespace.NamespaceSettings.Archival;
import io.odin.persistence.retention.ArchivedRun;
import io.odin.persistence.retention.Archiver;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.run.WorkflowState;
import io.odin.persistence.schedule.DueSchedule;
import io.odin.persistence.schedule.ScheduleKey;
import io.odin.persistence.signal.NewSignal;
import io.odin.persistence.task.LeasedTask;
import io.odin.persistence.task.NewTask;
import io.odin.persistence.task.TaskQueue;
import io.odin.persistence.tck.harness.Samples;
import io.odin.persistence.tck.harness.Scenario;
import io.odin.persistence.timer.TimerUpsert;
import io.odin.persistence.timer.WorkflowTimer;
import io.odin.persistence.value.Bytes;
import io.odin.persistence.value.Json;
import io.odin.persistence.value.Page;
import io.odin.persistence.value.PageRequest;
import io.odin.persistence.value.PageToken;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is leased, found and archived is limited in bytes, too. */
public abstract class LeaseBytesTck extends AbstractLimitsTck {

  private static final int BLOB = Limits.DEFAULTS.blobBytes();

  /** For backends. */
  protected LeaseBytesTck() {}

  @Test
  @Scenario("LI-07")
  void claim_leasesWhatItReturns() {
    int pageBytes = 5 * LARGE;
    Persistence small = withPagesOf(pageBytes);
    List<ScheduleKey> schedules = largeSchedules(small);
    schedules.forEach(key -> database().ageSchedule(key, Duration.ofMinutes(90)));

    List<ScheduleKey> claimed = new ArrayList<>();
    for (List<DueSchedule> due = small.schedules().claimDue("s", LONG, 1000);
        !due.isEmpty();
        due = small.schedules().claimDue("s", LONG, 1000)) {
      assertThat(
              due.size() == 1
                  || due.stream().mapToLong(each -> bytes(each.schedule())).sum() <= pageBytes)
          .isTrue();
      due.forEach(each -> claimed.add(each.schedule().key()));
    }

    assertThat(claimed).containsAll(schedules).doesNotHaveDuplicates();
  }

  @Test
  @Scenario("LI-07")
  void poll_leasesWhatItReturns_inOrder() {
    int pageBytes = 4 * LARGE;
    Persistence small = withPagesOf(pageBytes);
    TaskQueue queue = newQueue();
    int count = 30;
    for (int i = 0; i < count; i++) {
      Json data = i % 3 == 0 ? large(i) : Json.of("" + i);
      small.taskQueues().enqueue(NewTask.builder(queue, newRun(), data).taskId(i).build());
    }
    List<Long> polled = new ArrayList<>();
    while (polled.size() < count) {
      List<LeasedTask> some = poll(small, queue, 1000);
      long bytes = some.stream().mapToLong(task -> bytes(task.task().data())).sum();
      assertThat(some.size() == 1 || bytes <= pageBytes).as(bytes + " bytes").isTrue();
      assertThat(some).isNotEmpty();
      for (LeasedTask task : some) {
        polled.add(task.task().key().taskId());
        assertThat(task.lease().attempt()).isEqualTo(1);
        int number = (int) task.task().key().taskId();
        assertThat(task.task().data())
            .isEqualTo(number % 3 == 0 ? large(number) : Json.of("" + number));
      }
      assertThat(small.taskQueues().depth(queue).leased()).isEqualTo(polled.size());
      assertThat(small.taskQueues().depth(queue).ready()).isEqualTo(count - polled.size());
    }

    assertThat(polled).isEqualTo(LongStream.range(0, count).boxed().toList());
  }

  @Test
  @Scenario("LI-07")
  void pollAny_ofLargeTasks_leasesWhatItReturns() {
    int pageBytes = 4 * LARGE;
    Persistence small = withPagesOf(pageBytes);
    List<TaskQueue> queues = List.of(newQueue(), newQueue(), newQueue());
    int count = 10;
    for (TaskQueue queue : queues) {
      for (int i = 0; i < count; i++) {
        Json data = i % 3 == 0 ? large(i) : Json.of("" + i);
        small.taskQueues().enqueue(NewTask.builder(queue, newRun(), data).taskId(i).build());
      }
    }
    int polled = 0;
    while (polled < queues.size() * count) {
      List<LeasedTask> some = small.taskQueues().pollAny(queues, "w", LONG, 1000).tasks();
      long bytes = some.stream().mapToLong(task -> bytes(task.task().data())).sum();
      assertThat(some.size() == 1 || bytes <= pageBytes).as(bytes + " bytes").isTrue();
      assertThat(some).isNotEmpty();
      assertThat(some).extracting(task -> task.lease().attempt()).containsOnly(1);
      polled += some.size();
    }
    assertThat(polled).isEqualTo(queues.size() * count);
  }

  @Test
  @Scenario("LI-07")
  void pollAny_ofTheLargestTasks_returnsSome() {
    List<TaskQueue> queues = Stream.generate(this::newQueue).limit(12).toList();
    Json largest = document(BLOB);
    for (TaskQueue queue : queues) {
      persistence().taskQueues().enqueue(NewTask.of(queue, newRun(), largest));
      persistence().taskQueues().enqueue(NewTask.of(queue, newRun(), largest));
    }
    int polled = 0;
    while (polled < 24) {
      List<LeasedTask> some = persistence().taskQueues().pollAny(queues, "w", LONG, 1000).tasks();
      assertThat(some).isNotEmpty();
      assertThat((long) some.size() * BLOB).isLessThanOrEqualTo(Limits.DEFAULTS.pageBytes());
      polled += some.size();
    }
  }

  @Test
  @Scenario("LI-07")
  void poll_ofTheLargestTasks_returnsSome() {
    TaskQueue queue = newQueue();
    Json largest = document(BLOB);
    int count = 24;
    for (int i = 0; i < count; i++) {
      persistence().taskQueues().enqueue(NewTask.of(queue, newRun(), largest));
    }
    int polled = 0;
    while (polled < count) {
      List<LeasedTask> some = poll(persistence(), queue, 1000);
      assertThat(some).isNotEmpty();
      assertThat((long) some.size() * BLOB).isLessThanOrEqualTo(Limits.DEFAULTS.pageBytes());
      polled += some.size();
    }
    assertThat(poll(persistence(), queue, 1000)).isEmpty();
  }

  @Test
  @Scenario("LI-08")
  void find_ofARunWithLargeTimersAndSignals_returnsTheFirst() {
    int pageBytes = 2 * LARGE + LARGE / 2;
    Persistence small = withPagesOf(pageBytes);
    RunKey run = startedRun();
    UpdateRun.Builder update = Samples.update(run, 1);
    for (int i = 0; i < COUNT; i++) {
      small.signals().put(run, NewSignal.create("s", large(i)));
      update.timer(new TimerUpsert("t-" + i, Samples.ENDED, large(i)));
    }
    apply(small, update.build());

    RunSnapshot bounded = small.executions().find(run).orElseThrow();

    assertThat(bounded.timers()).isNotEmpty().hasSizeLessThanOrEqualTo(2);
    assertThat(bounded.signals()).isNotEmpty().hasSizeLessThanOrEqualTo(2);
    assertThat(bounded.signalsSeen()).isEqualTo(bounded.signals().size());
    List<WorkflowTimer> timers = new ArrayList<>(bounded.timers());
    Optional<PageToken> more = bounded.moreTimers();
    while (more.isPresent()) {
      Page<WorkflowTimer> page = small.timers().list(run, PageRequest.after(more.get(), 1000));
      timers.addAll(page.items());
      more = page.next();
    }
    RunSnapshot whole = persistence().executions().find(run).orElseThrow();
    assertThat(whole.timers()).hasSize(COUNT).isEqualTo(timers);
    assertThat(whole.moreTimers()).isEmpty();
    assertThat(whole.signals()).hasSize(COUNT);
    assertThat(whole.signalsSeen()).isEqualTo(COUNT);
  }

  @Test
  @Scenario("LI-09")
  void run_ofManyOfTheLargestEvents_isArchivedPageByPage(@TempDir Path archive) {
    AtomicInteger reads = new AtomicInteger();
    Persistence observed =
        reopened(
            settings ->
                settings.observer(
                    operation -> {
                      if (operation.name().equals("history.read")) {
                        reads.incrementAndGet();
                      }
                    }));
    NamespaceId archiving = NamespaceId.create();
    observed
        .namespaces()
        .create(
            archiving,
            "tck-" + archiving,
            NamespaceSettings.builder().historyArchival(Archival.ENABLED).build());
    RunKey run = RunKey.create(archiving, newWorkflowId());
    Json largest = document(BLOB);
    int count = 100;
    CreateRun.Builder create =
        CreateRun.builder(
            run,
            CreateMode.bypassCurrent(),
            Samples.definition(),
            Samples.closed(WorkflowState.COMPLETED));
    for (int i = 1; i <= count; i++) {
      create.event(new HistoryEvent(i, "E", Samples.STARTED, largest));
    }
    observed.executions().importRun(acquireShardFor(run.workflowId()), create.build());
    CountingArchiver archiver =
        closedAfterwards(new CountingArchiver(Archiver.open(archive.toUri())));

    observed.retention().archiveAndDelete(run, acquireShardFor(run.workflowId()), archiver);

    assertThat(archiver.events()).isEqualTo(count);
    assertThat(reads.get())
        .isGreaterThanOrEqualTo((int) ((long) count * BLOB / Limits.DEFAULTS.pageBytes()));
    assertThat(observed.executions().find(run)).isEmpty();
  }

  /** Counts the events that go into an archive. Not thread-safe. */
  private static final class CountingArchiver implements Archiver {
    private final Archiver archive;
    private int events;

    CountingArchiver(Archiver archive) {
      this.archive = archive;
    }

    int events() {
      return events;
    }

    @Override
    public Bytes put(ArchivedRun run, Iterable<HistoryEvent> history) throws IOException {
      Iterator<HistoryEvent> all = history.iterator();
      Iterator<HistoryEvent> counted =
          new Iterator<>() {
            @Override
            public boolean hasNext() {
              return all.hasNext();
            }

            @Override
            public HistoryEvent next() {
              events++;
              return all.next();
            }
          };
      return archive.put(run, () -> counted);
    }

    @Override
    public Optional<ArchivedRun> read(RunKey run, Consumer<HistoryEvent> history)
        throws IOException {
      return archive.read(run, history);
    }

    @Override
    public void close() {
      archive.close();
    }
  }
}
