package io.odin.persistence.tck.namespace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.odin.persistence.Persistence;
import io.odin.persistence.error.NotFoundException;
import io.odin.persistence.error.Outcome;
import io.odin.persistence.execution.CreateMode;
import io.odin.persistence.execution.IdReusePolicy;
import io.odin.persistence.execution.OpenRunPolicy;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.query.NewQuery;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.run.WorkflowState;
import io.odin.persistence.schedule.NewSchedule;
import io.odin.persistence.schedule.ScheduleKey;
import io.odin.persistence.schedule.ScheduleSpec;
import io.odin.persistence.shard.ShardLease;
import io.odin.persistence.signal.NewSignal;
import io.odin.persistence.task.NewTask;
import io.odin.persistence.task.PollRequest;
import io.odin.persistence.task.TaskFailure;
import io.odin.persistence.task.TaskQueue;
import io.odin.persistence.task.TaskType;
import io.odin.persistence.tck.harness.Samples;
import io.odin.persistence.tck.harness.StoreTck;
import io.odin.persistence.timer.TimerUpsert;
import io.odin.persistence.value.Json;
import io.odin.persistence.visibility.Tags;
import io.odin.persistence.visibility.query.AttributeType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** The base class of the kits of deleted namespaces. */
abstract class AbstractNamespaceEndTck extends StoreTck {

  private static final ScheduleSpec DAILY = ScheduleSpec.interval(Duration.ofDays(1));
  private static final Instant LONG_AGO = Instant.parse("2001-01-01T00:00:00Z");

  final void delete(NamespaceId namespace) {
    persistence().namespaces().delete(namespace, 1);
  }

  /** Everything that can be stored of a namespace. */
  final class Tenant {
    final NamespaceId namespace;
    final RunKey run;
    final ShardLease shard;
    final TaskQueue queue;
    final ScheduleKey schedule;

    Tenant(NamespaceId namespace) {
      this.namespace = namespace;
      run = RunKey.create(namespace, newWorkflowId());
      shard = acquireShardFor(run.workflowId());
      queue = new TaskQueue(namespace, "orders", TaskType.ACTIVITY);
      schedule = ScheduleKey.create(namespace);
    }

    NewTask task() {
      return NewTask.of(queue, run, Json.emptyObject());
    }

    /** The calls that create something, by the names of their methods. */
    Map<String, ThrowingCallable> creations() {
      RunKey other = RunKey.create(namespace, newWorkflowIdIn(shard.shardId()));
      RunKey imported = RunKey.create(namespace, other.workflowId());
      Map<String, ThrowingCallable> all = new TreeMap<>();
      Persistence stores = persistence();
      all.put(
          "ExecutionStore.commit",
          () -> stores.executions().commit(transaction(shard, Samples.create(other)).build()));
      all.put(
          "ExecutionStore.commit by policy",
          () ->
              stores
                  .executions()
                  .commit(
                      transaction(
                              shard,
                              Samples.create(
                                      run,
                                      CreateMode.byPolicy(
                                          IdReusePolicy.ALLOW_DUPLICATE,
                                          OpenRunPolicy.useExisting()))
                                  .build())
                          .build()));
      all.put(
          "ExecutionStore.commit of an update",
          () ->
              stores
                  .executions()
                  .commit(transaction(shard, Samples.update(run, 1).build()).build()));
      all.put(
          "ExecutionStore.importRun",
          () ->
              stores
                  .executions()
                  .importRun(shard, Samples.create(imported, CreateMode.bypassCurrent()).build()));
      all.put("TaskQueueStore.enqueue", () -> stores.taskQueues().enqueue(task()));
      all.put(
          "TaskQueueStore.enqueueAll",
          () ->
              stores
                  .taskQueues()
                  .enqueueAll(
                      List.of(
                          NewTask.builder(queue, run, Json.emptyObject()).taskId(70).build(),
                          task())));
      all.put(
          "SignalStore.put",
          () -> stores.signals().put(run, NewSignal.create("cancel", Json.emptyObject())));
      all.put(
          "SignalStore.put to a workflow",
          () ->
              stores.signals().put(run.workflow(), NewSignal.create("cancel", Json.emptyObject())));
      all.put(
          "QueryResultStore.request",
          () ->
              stores
                  .queryResults()
                  .request(NewQuery.create(run, "status", Json.emptyObject(), LONG)));
      all.put(
          "ScheduleStore.create",
          () ->
              stores
                  .schedules()
                  .create(
                      NewSchedule.of(ScheduleKey.create(namespace), "another", Samples.hourly())));
      all.put(
          "ScheduleStore.trigger", () -> stores.schedules().trigger(schedule, UUID.randomUUID()));
      all.put(
          "ScheduleStore.backfill",
          () -> stores.schedules().backfill(schedule, LONG_AGO, LONG_AGO, UUID.randomUUID()));
      all.put(
          "VisibilityStore.upsert",
          () -> stores.visibility().upsert(Samples.visibility(run).build(), 50));
      all.put(
          "VisibilityStore.setTags",
          () -> stores.visibility().setTags(run, Tags.of(Map.of("a", "b"))));
      all.put(
          "VisibilityStore.registerAttribute",
          () -> stores.visibility().registerAttribute(namespace, "Another", AttributeType.KEYWORD));
      return all;
    }

    /** Rows in every table. */
    void fill() {
      Persistence stores = persistence();
      registerSampleAttributes(namespace);
      stores
          .executions()
          .commit(
              transaction(
                      shard,
                      Samples.create(run, CreateMode.brandNew())
                          .history(Samples.events(1, 3))
                          .timer(new TimerUpsert("t", LONG_AGO, Json.emptyObject()))
                          .visibility(Samples.visibility(run).build())
                          .tags(Tags.of(Map.of("tag", "value")))
                          .build())
                  .build());
      RunKey closed = RunKey.create(namespace, newWorkflowIdIn(shard.shardId()));
      stores
          .executions()
          .commit(
              transaction(shard, Samples.createClosed(closed, WorkflowState.COMPLETED).build())
                  .build());
      stores.signals().put(run, NewSignal.create("cancel", Json.emptyObject()));
      stores.queryResults().request(NewQuery.create(run, "status", Json.emptyObject(), LONG));
      stores.schedules().create(NewSchedule.of(schedule, "schedule", Samples.hourly()));
      database().ageSchedule(schedule, Duration.ofMinutes(90));
      stores.schedules().update(schedule, Samples.schedule(DAILY).build(), 1);
      database().ageSchedule(schedule, Duration.ofHours(25));
      stores
          .taskQueues()
          .enqueue(NewTask.builder(queue, run, Json.emptyObject()).taskId(7).build());
      for (TaskFailure end :
          List.of(
              new TaskFailure("again", Duration.ZERO, 9),
              new TaskFailure("no", Duration.ZERO, 1))) {
        stores
            .taskQueues()
            .fail(
                stores
                    .taskQueues()
                    .poll(PollRequest.of(queue, "worker", LONG, 1))
                    .getFirst()
                    .lease(),
                end);
      }
      stores.taskQueues().enqueueAll(List.of(task(), task()));
      stores.taskQueues().poll(PollRequest.of(queue, "worker", LONG, 1));
    }

    int purge(int limit) {
      int sum = 0;
      int deleted;
      do {
        deleted = persistence().retention().purge(namespace, limit);
        assertThat(deleted).isLessThanOrEqualTo(limit);
        sum += deleted;
      } while (deleted > 0);
      return sum;
    }
  }

  final void assertRefused(Tenant tenant) {
    Map<String, Long> before = database().rowCounts(tenant.namespace);
    tenant
        .creations()
        .forEach(
            (name, call) -> {
              Throwable thrown = catchThrowable(call);
              assertThat(thrown).as(name).isInstanceOf(NotFoundException.class);
              assertThat(thrown)
                  .as(name)
                  .hasMessageContaining("namespace")
                  .hasMessageContaining(tenant.namespace.toString());
              assertThat(((NotFoundException) thrown).outcome())
                  .as(name)
                  .isEqualTo(Outcome.NOT_APPLIED);
            });
    assertThat(database().rowCounts(tenant.namespace)).isEqualTo(before);
  }
}
