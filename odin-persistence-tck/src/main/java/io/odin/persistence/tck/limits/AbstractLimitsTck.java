package io.odin.persistence.tck.limits;

import io.odin.persistence.Limits;
import io.odin.persistence.Persistence;
import io.odin.persistence.execution.CreateMode;
import io.odin.persistence.execution.CreateRun;
import io.odin.persistence.execution.RunChange;
import io.odin.persistence.execution.RunDefinition;
import io.odin.persistence.execution.RunSnapshot;
import io.odin.persistence.execution.RunState;
import io.odin.persistence.execution.UpdateRun;
import io.odin.persistence.history.EventRange;
import io.odin.persistence.history.HistoryEvent;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.schedule.NewSchedule;
import io.odin.persistence.schedule.Schedule;
import io.odin.persistence.schedule.ScheduleDefinition;
import io.odin.persistence.schedule.ScheduleKey;
import io.odin.persistence.task.LeasedTask;
import io.odin.persistence.task.PollRequest;
import io.odin.persistence.task.TaskQueue;
import io.odin.persistence.task.TaskType;
import io.odin.persistence.tck.harness.Samples;
import io.odin.persistence.tck.harness.StoreTck;
import io.odin.persistence.value.Json;
import io.odin.persistence.value.PageRequest;
import io.odin.persistence.value.Payload;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** The base class of the kits of limits: runs that enter by a commit, an update or an import. */
abstract class AbstractLimitsTck extends StoreTck {

  /** The size of {@link #large}. */
  static final int LARGE = 100_000;

  /** How many large items a scenario has. */
  static final int COUNT = 6;

  /** How a run with all that it has enters the store. */
  enum Entry {
    /** A commit that creates it. */
    CREATE,
    /** A commit that changes it. */
    UPDATE,
    /** An import. */
    IMPORT;

    String of(String field) {
      return field + " by " + name();
    }
  }

  /** A document with exactly {@code bytes} bytes in UTF-8. */
  static Json document(int bytes) {
    return Json.of("\"" + "x".repeat(bytes - 2) + "\"");
  }

  /** Stores a run whose parts are added by the change, and reads it back. */
  RunSnapshot stored(
      Persistence in, Entry entry, RunState state, Consumer<RunChange.Builder<?>> parts) {
    RunKey run = newRun();
    if (entry == Entry.UPDATE) {
      apply(
          in,
          CreateRun.builder(run, CreateMode.brandNew(), Samples.definition(), Samples.running()));
      UpdateRun.Builder update = UpdateRun.builder(run, 1, state);
      parts.accept(update);
      apply(in, update);
    } else {
      CreateMode mode = entry == Entry.IMPORT ? CreateMode.bypassCurrent() : CreateMode.brandNew();
      CreateRun.Builder create = CreateRun.builder(run, mode, Samples.definition(), state);
      parts.accept(create);
      if (entry == Entry.IMPORT) {
        in.executions().importRun(acquireShardFor(run.workflowId()), create.build());
      } else {
        apply(in, create);
      }
    }
    return in.executions().find(run).orElseThrow();
  }

  /** As {@link #stored} of a run of a definition. */
  RunSnapshot stored(Persistence in, Entry entry, RunDefinition definition) {
    RunKey run = newRun();
    if (entry == Entry.IMPORT) {
      CreateRun create =
          CreateRun.builder(run, CreateMode.bypassCurrent(), definition, Samples.running()).build();
      in.executions().importRun(acquireShardFor(run.workflowId()), create);
    } else {
      apply(in, CreateRun.builder(run, CreateMode.brandNew(), definition, Samples.running()));
    }
    return in.executions().find(run).orElseThrow();
  }

  void apply(Persistence in, CreateRun.Builder change) {
    apply(in, change.build());
  }

  void apply(Persistence in, UpdateRun.Builder change) {
    apply(in, change.build());
  }

  void apply(Persistence in, RunChange change) {
    in.executions().commit(transaction(acquireShardFor(change.key().workflowId()), change).build());
  }

  /** The only event of a run. */
  static HistoryEvent event(Persistence in, RunKey run) {
    return in.history().read(run, EventRange.all(), PageRequest.first(10)).items().getFirst();
  }

  TaskQueue newQueue() {
    return new TaskQueue(namespace(), "q-" + UUID.randomUUID(), TaskType.ACTIVITY);
  }

  static List<LeasedTask> poll(Persistence in, TaskQueue queue, int maximum) {
    return in.taskQueues().poll(PollRequest.of(queue, "w", LONG, maximum));
  }

  /** A stored schedule of a definition. */
  ScheduleKey scheduled(Persistence in, ScheduleDefinition definition) {
    ScheduleKey key = ScheduleKey.create(namespace());
    in.schedules().create(NewSchedule.of(key, "schedule-" + key.scheduleId(), definition));
    return key;
  }

  /** A document of {@link #LARGE} bytes. */
  static Json large(int number) {
    return Json.of("[" + number + ",\"" + "x".repeat(LARGE - 10) + "\"]");
  }

  /** The stores with smaller pages. */
  Persistence withPagesOf(int bytes) {
    return reopened(settings -> settings.limits(Limits.DEFAULTS.withPageBytes(bytes)));
  }

  /** The length of a payload. */
  static long bytes(Payload payload) {
    return payload instanceof Json json ? json.text().length() : payload.size();
  }

  /** Schedules with two large documents each. */
  List<ScheduleKey> largeSchedules(Persistence in) {
    return IntStream.range(0, COUNT)
        .mapToObj(
            i ->
                scheduled(
                    in,
                    Samples.schedule(Samples.hourly().spec())
                        .input(large(i))
                        .memo(large(i))
                        .build()))
        .toList();
  }

  /** The length of the documents of a schedule. */
  static long bytes(Schedule schedule) {
    return schedule.definition().input().map(AbstractLimitsTck::bytes).orElse(0L)
        + schedule.definition().memo().map(AbstractLimitsTck::bytes).orElse(0L);
  }
}
