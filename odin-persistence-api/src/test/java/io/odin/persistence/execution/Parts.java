package io.odin.persistence.execution;

import io.odin.persistence.history.HistoryEvent;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.query.QueryAnswer;
import io.odin.persistence.query.QueryCompletion;
import io.odin.persistence.query.QueryKey;
import io.odin.persistence.run.BaseRun;
import io.odin.persistence.run.ParentLink;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.run.WorkflowState;
import io.odin.persistence.schedule.ScheduleKey;
import io.odin.persistence.schedule.ScheduleLease;
import io.odin.persistence.shard.ShardLease;
import io.odin.persistence.task.NewTask;
import io.odin.persistence.task.TaskKey;
import io.odin.persistence.task.TaskLease;
import io.odin.persistence.task.TaskQueue;
import io.odin.persistence.task.TaskType;
import io.odin.persistence.timer.TimerDelete;
import io.odin.persistence.timer.TimerUpsert;
import io.odin.persistence.value.Bytes;
import io.odin.persistence.value.Json;
import io.odin.persistence.visibility.SearchAttributes;
import io.odin.persistence.visibility.Tags;
import io.odin.persistence.visibility.VisibilityRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** Parts of transactions in which every field has a value. */
final class Parts {

  static final NamespaceId NAMESPACE = new NamespaceId(new UUID(1, 1));
  static final NamespaceId OTHER_NAMESPACE = new NamespaceId(new UUID(1, 2));
  static final Instant AT = Instant.parse("2026-11-01T12:00:00.123456Z");
  static final ShardLease SHARD = new ShardLease(7, "host-a", 3, AT);
  static final RunKey RUN = new RunKey(NAMESPACE, "order-1", new UUID(2, 1));
  static final RunKey NEXT_RUN = new RunKey(NAMESPACE, "order-1", new UUID(2, 2));
  static final Json DATA = Json.of("{\"a\":1}");

  private Parts() {}

  static RunState running() {
    return new RunState(
        WorkflowState.RUNNING,
        Bytes.copyOf(new byte[] {1, 2}),
        3,
        OptionalLong.of(4),
        DATA,
        DATA,
        DATA,
        Optional.empty());
  }

  static RunState completed() {
    return running().toBuilder().closed(WorkflowState.COMPLETED, AT).build();
  }

  static RunDefinition definition() {
    return definition(Optional.empty());
  }

  static RunDefinition definition(Optional<BaseRun> base) {
    return new RunDefinition(
        "order",
        "orders",
        AT,
        Optional.of(Duration.ofSeconds(30)),
        Optional.of(Duration.ofSeconds(20)),
        Optional.of(Duration.ofSeconds(10)),
        Optional.of(DATA),
        Optional.of("@daily"),
        Optional.of(new ParentLink("batch-1", new UUID(3, 1), 5)),
        Optional.of("request-1"),
        base);
  }

  static HistoryEvent event(long id) {
    return new HistoryEvent(id, "Happened", AT, 11, 2, DATA);
  }

  static TimerUpsert timer(String id) {
    return new TimerUpsert(id, AT, DATA);
  }

  static TimerDelete timerDelete(String id) {
    return new TimerDelete(id, Optional.of(AT));
  }

  static TaskQueue queue() {
    return new TaskQueue(NAMESPACE, "orders", TaskType.WORKFLOW);
  }

  static NewTask task() {
    return new NewTask(
        queue(),
        RUN,
        DATA,
        OptionalLong.of(12),
        2,
        Duration.ofSeconds(1),
        Optional.of(Duration.ofSeconds(60)));
  }

  static TaskLease lease() {
    return new TaskLease(new TaskKey(queue(), 13), new UUID(4, 1), "worker", 1, AT);
  }

  static QueryCompletion completion(QueryAnswer answer) {
    return new QueryCompletion(new QueryKey(RUN, new UUID(6, 1)), answer);
  }

  static VisibilityRecord visibility() {
    return VisibilityRecord.builder(RUN, "order", "orders", AT)
        .executionTime(AT.plusSeconds(1))
        .closed(WorkflowState.COMPLETED, AT)
        .status("done")
        .historyLength(14)
        .stateTransitionCount(15)
        .memo(DATA)
        .searchAttributes(SearchAttributes.builder().integer("a", 1).build())
        .parent(new RunKey(NAMESPACE, "batch-1", new UUID(3, 1)))
        .build();
  }

  static ScheduleLease due() {
    return new ScheduleLease(
        new ScheduleKey(NAMESPACE, new UUID(6, 1)),
        new UUID(6, 2),
        "scheduler",
        AT,
        Optional.of(AT.plusSeconds(60)),
        AT.plusSeconds(5));
  }

  static CreateRun create(CreateMode mode) {
    return CreateRun.builder(NEXT_RUN, mode, definition(), running())
        .history(List.of(event(1), event(2)))
        .timer(timer("t1"))
        .build();
  }

  static UpdateRun update() {
    return UpdateRun.builder(RUN, 6, completed())
        .event(event(9))
        .deleteTimer(timerDelete("t2"))
        .consumeSignal("s1")
        .signalsSeen(3)
        .visibility(visibility())
        .tags(Tags.of(Map.of("a", "1", "b", "2")))
        .build();
  }
}
