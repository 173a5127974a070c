package io.odin.persistence.tck.crosscutting;

import static org.assertj.core.api.Assertions.assertThat;

import io.odin.persistence.error.CurrentRunConflictException;
import io.odin.persistence.execution.CreateMode;
import io.odin.persistence.execution.CreateRun;
import io.odin.persistence.execution.IdReusePolicy;
import io.odin.persistence.execution.OpenRunPolicy;
import io.odin.persistence.execution.RunDefinition;
import io.odin.persistence.namespace.Namespace;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.namespace.NamespaceSettings;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.run.RunSummary;
import io.odin.persistence.schedule.NewSchedule;
import io.odin.persistence.schedule.Schedule;
import io.odin.persistence.schedule.ScheduleKey;
import io.odin.persistence.shard.ShardAcquisition;
import io.odin.persistence.signal.NewSignal;
import io.odin.persistence.signal.WorkflowSignal;
import io.odin.persistence.task.NewTask;
import io.odin.persistence.task.PollRequest;
import io.odin.persistence.task.TaskQueue;
import io.odin.persistence.task.TaskType;
import io.odin.persistence.tck.harness.Samples;
import io.odin.persistence.tck.harness.Scenario;
import io.odin.persistence.tck.harness.StoreTck;
import io.odin.persistence.timer.TimerUpsert;
import io.odin.persistence.timer.WorkflowTimer;
import io.odin.persistence.value.Json;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Confusable ids are different ids: every store compares ids byte by byte. */
public abstract class ConfusableIdsTck extends StoreTck {

  private static final List<List<String>> CONFUSABLES =
      List.of(
          List.of("Order-1", "order-1"),
          List.of("resume", "resumé"),
          List.of("order", "order "),
          List.of("caf\u00e9", "cafe\u0301"),
          List.of("strasse", "straße"));

  /** For backends. */
  protected ConfusableIdsTck() {}

  @Test
  @Scenario("X-03")
  void confusables_areTwoNamespaces() {
    String prefix = "tck-" + UUID.randomUUID() + "-";
    for (List<String> pair : CONFUSABLES) {
      List<Namespace> both = pair.stream().map(name -> namespaceNamed(prefix + name)).toList();

      for (Namespace each : both) {
        assertThat(persistence().namespaces().findByName(each.name())).contains(each);
      }
    }
  }

  @Test
  @Scenario("X-03")
  void confusables_areTwoWorkflows() {
    for (List<String> pair : CONFUSABLES) {
      List<RunKey> both = pair.stream().map(id -> RunKey.create(namespace(), id)).toList();

      both.forEach(run -> commit(Samples.create(run)));

      for (RunKey run : both) {
        assertThat(persistence().executions().findCurrent(run.workflow()).map(RunSummary::key))
            .contains(run);
        assertThat(allPages(10, page -> persistence().executions().listRuns(run.workflow(), page)))
            .hasSize(1);
      }
    }
  }

  @Test
  @Scenario("X-03")
  void confusables_areTwoTimers() {
    RunKey run = newRun();
    CreateRun.Builder create = Samples.create(run, CreateMode.brandNew());
    List<String> all = CONFUSABLES.stream().flatMap(List::stream).toList();
    all.forEach(id -> create.timer(new TimerUpsert(id, Samples.ENDED, Json.emptyObject())));

    commit(create.build());

    assertThat(persistence().executions().find(run).orElseThrow().timers())
        .extracting(WorkflowTimer::timerId)
        .containsExactlyInAnyOrderElementsOf(all);
  }

  @Test
  @Scenario("X-03")
  void confusables_areTwoSignals() {
    RunKey run = startedRun();
    List<String> all = CONFUSABLES.stream().flatMap(List::stream).toList();

    all.forEach(
        id -> persistence().signals().put(run, new NewSignal(id, "cancel", Json.emptyObject())));

    assertThat(allPages(3, page -> persistence().signals().pending(run, page)))
        .extracting(WorkflowSignal::signalId)
        .isEqualTo(all);
  }

  @Test
  @Scenario("X-03")
  void confusables_areTwoTaskQueues() {
    for (List<String> pair : CONFUSABLES) {
      for (String name : pair) {
        TaskQueue queue = new TaskQueue(namespace(), name, TaskType.ACTIVITY);
        persistence().taskQueues().enqueue(NewTask.of(queue, newRun(), Json.emptyObject()));
        assertThat(persistence().taskQueues().poll(PollRequest.of(queue, "w", LONG, 10)))
            .extracting(leased -> leased.task().key().queue())
            .containsExactly(queue);
      }
    }
    assertThat(allPages(3, page -> persistence().taskQueues().listQueues(namespace(), page)))
        .extracting(TaskQueue::name)
        .containsExactlyInAnyOrderElementsOf(CONFUSABLES.stream().flatMap(List::stream).toList());
  }

  @Test
  @Scenario("X-03")
  void confusables_areTwoShardOwners() {
    for (List<String> pair : CONFUSABLES) {
      int shardId = newShard();
      acquired(shardId, pair.getFirst(), LONG);

      assertThat(persistence().shards().acquire(shardId, pair.getLast(), LONG))
          .isInstanceOf(ShardAcquisition.HeldByAnother.class);
      assertThat(persistence().shards().listOwned(pair.getLast())).isEmpty();
    }
  }

  @Test
  @Scenario("X-03")
  void confusables_areTwoSchedules() {
    NamespaceId in = namespace();
    List<String> all = CONFUSABLES.stream().flatMap(List::stream).toList();
    for (String name : all) {
      persistence()
          .schedules()
          .create(NewSchedule.of(ScheduleKey.create(in), name, Samples.hourly()));
    }

    assertThat(persistence().schedules().findAll(in, all))
        .extracting(Schedule::name)
        .isEqualTo(all);
  }

  @Test
  @Scenario("X-03")
  void confusables_areTwoStartRequests() {
    for (List<String> pair : CONFUSABLES) {
      RunKey run = newRun();
      commit(startedBy(run, pair.getFirst()));

      thrownBy(
          CurrentRunConflictException.class,
          () -> commit(startedBy(RunKey.create(namespace(), run.workflowId()), pair.getLast())));
    }
  }

  private static CreateRun startedBy(RunKey run, String requestId) {
    return CreateRun.builder(
            run,
            CreateMode.byPolicy(IdReusePolicy.ALLOW_DUPLICATE, OpenRunPolicy.fail()),
            RunDefinition.builder("t", "q", Samples.STARTED).startRequestId(requestId).build(),
            Samples.running())
        .build();
  }

  private Namespace namespaceNamed(String name) {
    return persistence()
        .namespaces()
        .create(NamespaceId.create(), name, NamespaceSettings.defaults());
  }
}
