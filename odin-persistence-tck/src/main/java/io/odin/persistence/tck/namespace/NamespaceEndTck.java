package io.odin.persistence.tck.namespace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.odin.persistence.execution.ExecutionStore;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.query.QueryResultStore;
import io.odin.persistence.retention.RetentionStore;
import io.odin.persistence.schedule.ScheduleStore;
import io.odin.persistence.shard.ShardLease;
import io.odin.persistence.signal.SignalStore;
import io.odin.persistence.task.DeadLetter;
import io.odin.persistence.task.PollRequest;
import io.odin.persistence.task.PolledTasks;
import io.odin.persistence.task.TaskQueueStore;
import io.odin.persistence.tck.harness.Samples;
import io.odin.persistence.tck.harness.Scenario;
import io.odin.persistence.timer.TimerStore;
import io.odin.persistence.timer.WorkflowTimer;
import io.odin.persistence.value.PageRequest;
import io.odin.persistence.visibility.VisibilityStore;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What a deleted namespace refuses, and what it delivers. */
public abstract class NamespaceEndTck extends AbstractNamespaceEndTck {

  /** The writes that create nothing in a namespace: of them nothing is left by a purge. */
  private static final Set<String> CREATE_NOTHING =
      Set.of(
          // What exists is changed, completed or deleted.
          "ExecutionStore.delete",
          "ExecutionStore.trimCommits",
          "QueryResultStore.complete",
          "QueryResultStore.expire",
          "RetentionStore.archiveAndDelete",
          "RetentionStore.purge",
          "ScheduleStore.advance",
          "ScheduleStore.delete",
          "ScheduleStore.pause",
          "ScheduleStore.recordResult",
          "ScheduleStore.resume",
          "ScheduleStore.trimHistory",
          "ScheduleStore.update",
          "TaskQueueStore.complete",
          "TaskQueueStore.completeAll",
          "TaskQueueStore.deleteDeadLetters",
          "TaskQueueStore.fail",
          "TaskQueueStore.heartbeat",
          "TaskQueueStore.purgeExpired",
          "TaskQueueStore.reclaimExpired",
          "TaskQueueStore.release",
          "TaskQueueStore.trimCompletions",
          "VisibilityStore.delete",
          "VisibilityStore.purgeTombstones",
          "VisibilityStore.removeAttribute");

  /** The reads, which show what is stored until it is purged. */
  private static final Set<String> READS =
      Set.of(
          "ExecutionStore.find",
          "ExecutionStore.findCurrent",
          "ExecutionStore.listByShard",
          "ExecutionStore.listChildren",
          "ExecutionStore.listRuns",
          "QueryResultStore.find",
          "RetentionStore.findExpired",
          "RetentionStore.findOrphans",
          "RetentionStore.findRemains",
          "ScheduleStore.dueTimes",
          "ScheduleStore.find",
          "ScheduleStore.findAll",
          "ScheduleStore.findByName",
          "ScheduleStore.history",
          "ScheduleStore.list",
          "ScheduleStore.pending",
          "SignalStore.pending",
          "TaskQueueStore.deadLetters",
          "TaskQueueStore.depth",
          "TaskQueueStore.listQueues",
          "TaskQueueStore.nextReady",
          "TaskQueueStore.subscribe",
          "TimerStore.list",
          "VisibilityStore.attributes",
          "VisibilityStore.count",
          "VisibilityStore.countBy",
          "VisibilityStore.find",
          "VisibilityStore.list",
          "VisibilityStore.searchByTags",
          "VisibilityStore.tags");

  /** What is never delivered or moved in a deleted namespace; other scenarios try them. */
  private static final Set<String> DELIVER =
      Set.of(
          "ScheduleStore.claimDue",
          "TaskQueueStore.poll",
          "TaskQueueStore.pollAny",
          "TaskQueueStore.redrive",
          "TimerStore.due",
          "TimerStore.dueOfAll");

  /** For backends. */
  protected NamespaceEndTck() {}

  @Test
  @Scenario("NS-19")
  void everyWrite_isJudged() {
    Set<String> known = new TreeSet<>(CREATE_NOTHING);
    known.addAll(READS);
    known.addAll(DELIVER);
    new Tenant(namespace())
        .creations()
        .keySet()
        .forEach(name -> known.add(name.replaceAll(" .*", "")));

    Set<String> methods = new TreeSet<>();
    for (Class<?> store : STORES) {
      for (Method method : store.getMethods()) {
        methods.add(store.getSimpleName() + "." + method.getName());
      }
    }
    assertThat(methods)
        .as("add a new method to the creations of this kit, or to a list with the reason")
        .isEqualTo(known);
  }

  private static final List<Class<?>> STORES =
      List.of(
          ExecutionStore.class,
          TaskQueueStore.class,
          TimerStore.class,
          SignalStore.class,
          QueryResultStore.class,
          ScheduleStore.class,
          VisibilityStore.class,
          RetentionStore.class);

  @Test
  @Scenario("NS-19")
  void creation_inAMissingNamespace_isRefused() {
    assertRefused(new Tenant(NamespaceId.create()));
  }

  @Test
  @Scenario("NS-19")
  void creation_inADeletedNamespace_isRefused() {
    Tenant tenant = new Tenant(newNamespace());
    tenant.fill();
    delete(tenant.namespace);

    assertRefused(tenant);
  }

  @Test
  @Scenario("NS-19")
  void creation_inADeprecatedNamespace_isAccepted() {
    Tenant tenant = new Tenant(newNamespace());
    tenant.fill();
    persistence().namespaces().deprecate(tenant.namespace, 1);

    tenant
        .creations()
        .forEach((name, call) -> assertThatCode(call).as(name).doesNotThrowAnyException());
  }

  @Test
  @Scenario("NS-19")
  void redrive_inADeletedNamespace_movesNothing() {
    Tenant tenant = new Tenant(newNamespace());
    tenant.fill();
    DeadLetter dead =
        persistence()
            .taskQueues()
            .deadLetters(tenant.queue, PageRequest.first(1))
            .items()
            .getFirst();
    delete(tenant.namespace);

    assertThat(persistence().taskQueues().redrive(List.of(dead.key()))).isZero();
  }

  @Test
  @Scenario("NS-19")
  void nothingOfADeletedNamespace_isDelivered() {
    Tenant tenant = new Tenant(newNamespace());
    tenant.fill();
    PollRequest poll = PollRequest.of(tenant.queue, "worker", LONG, 10);
    delete(tenant.namespace);

    assertThat(persistence().taskQueues().poll(poll)).isEmpty();
    assertThat(persistence().taskQueues().pollAny(List.of(tenant.queue), "worker", LONG, 10))
        .isEqualTo(new PolledTasks(List.of(), Optional.empty()));
    assertThat(allPages(100, page -> persistence().timers().due(tenant.shard, page)))
        .extracting(WorkflowTimer::run)
        .doesNotContain(tenant.run);
    List<ShardLease> shards = List.of(tenant.shard);
    assertThat(allPages(100, page -> persistence().timers().dueOfAll(shards, page)))
        .extracting(WorkflowTimer::run)
        .doesNotContain(tenant.run);
    assertThat(allPages(100, page -> persistence().timers().due(tenant.shard, Samples.ENDED, page)))
        .extracting(WorkflowTimer::run)
        .doesNotContain(tenant.run);
    assertThat(persistence().schedules().claimDue("scheduler", LONG, 1000))
        .extracting(due -> due.schedule().key())
        .doesNotContain(tenant.schedule);
  }
}
