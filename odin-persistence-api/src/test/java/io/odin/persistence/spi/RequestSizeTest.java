package io.odin.persistence.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.odin.persistence.Limits;
import io.odin.persistence.execution.CreateMode;
import io.odin.persistence.execution.CreateRun;
import io.odin.persistence.execution.IdReusePolicy;
import io.odin.persistence.execution.OpenRunPolicy;
import io.odin.persistence.execution.RunDefinition;
import io.odin.persistence.execution.RunState;
import io.odin.persistence.execution.UpdateRun;
import io.odin.persistence.execution.WorkflowTransaction;
import io.odin.persistence.history.HistoryEvent;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.query.QueryAnswer;
import io.odin.persistence.query.QueryCompletion;
import io.odin.persistence.query.QueryKey;
import io.odin.persistence.run.ParentLink;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.shard.ShardLease;
import io.odin.persistence.signal.NewSignal;
import io.odin.persistence.task.NewTask;
import io.odin.persistence.task.TaskQueue;
import io.odin.persistence.task.TaskType;
import io.odin.persistence.timer.TimerDelete;
import io.odin.persistence.timer.TimerUpsert;
import io.odin.persistence.value.Bytes;
import io.odin.persistence.value.Json;
import io.odin.persistence.visibility.Tags;
import io.odin.persistence.visibility.VisibilityRecord;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class RequestSizeTest {

  private static final Instant AT = Instant.parse("2026-11-01T12:00:00Z");
  private static final NamespaceId NAMESPACE = new NamespaceId(new UUID(1, 1));
  // Ten characters of two bytes.
  private static final RunKey RUN = new RunKey(NAMESPACE, "é".repeat(10), new UUID(2, 1));
  private static final int PART = Limits.PART_BYTES + 20;
  private static final Json DATA = Json.of("[1]");
  private static final RunState STATE = RunState.builder().build();
  private static final long OF_STATE = 3 * Json.emptyObject().size();

  private static long ofUpdate(UnaryOperator<UpdateRun.Builder> parts) {
    return of(
        builder -> builder.change(parts.apply(UpdateRun.builder(RUN, 1, STATE)).build()),
        PART + OF_STATE);
  }

  private static long ofCreation(
      CreateMode mode, RunDefinition definition, UnaryOperator<CreateRun.Builder> parts) {
    return of(
        builder ->
            builder.change(parts.apply(CreateRun.builder(RUN, mode, definition, STATE)).build()),
        PART + OF_STATE);
  }

  private static long ofParts(UnaryOperator<WorkflowTransaction.Builder> parts) {
    return of(
        builder -> parts.apply(builder.change(UpdateRun.builder(RUN, 1, STATE).build())),
        PART + OF_STATE);
  }

  private static long of(UnaryOperator<WorkflowTransaction.Builder> parts, long without) {
    ShardLease shard = new ShardLease(7, "host", 3, AT);
    return RequestSize.of(parts.apply(WorkflowTransaction.builder(shard)).build()) - without;
  }

  @Test
  void partsOfAnUpdate_countPayloadsAndTexts() {
    assertThat(ofUpdate(update -> update)).isZero();
    assertThat(ofUpdate(update -> update.event(new HistoryEvent(1, "Started", AT, DATA))))
        .isEqualTo(PART + 7 + 3);
    assertThat(ofUpdate(update -> update.timer(new TimerUpsert("t-1", AT, DATA))))
        .isEqualTo(PART + 3 + 3);
    assertThat(ofUpdate(update -> update.deleteTimer(new TimerDelete("t-2", Optional.of(AT)))))
        .isEqualTo(PART + 3);
    assertThat(ofUpdate(update -> update.consumeSignal("s-12"))).isEqualTo(PART + 4);
    assertThat(ofUpdate(update -> update.tags(Tags.of(Map.of("a", "é", "bc", "d")))))
        .isEqualTo(2 * PART + 3 + 3);
    VisibilityRecord shown =
        VisibilityRecord.builder(RUN, "type", "queue", AT)
            .status("s")
            .parent(new RunKey(NAMESPACE, "parent", new UUID(3, 1)))
            .memo(DATA)
            .build();
    assertThat(ofUpdate(update -> update.visibility(shown)))
        .isEqualTo(PART + 4 + 5 + 1 + 6 + 3 + Json.emptyObject().size());
  }

  @Test
  void aRun_countsItsDefinitionAndState() {
    RunDefinition definition =
        RunDefinition.builder("type", "queue", AT)
            .cronSchedule("@daily")
            .startRequestId("r")
            .parent(new ParentLink("parent", new UUID(3, 1), 5))
            .retryPolicy(DATA)
            .build();
    assertThat(ofCreation(CreateMode.brandNew(), definition, create -> create))
        .isEqualTo(4 + 5 + 6 + 1 + 6 + 3);
    RunState state =
        RunState.builder().executionState(Bytes.copyOf(new byte[10])).memo(DATA).build();
    assertThat(of(builder -> builder.change(UpdateRun.builder(RUN, 1, state).build()), 0))
        .isEqualTo(PART + 10 + DATA.size() + 2 * Json.emptyObject().size());
  }

  @Test
  void partsOfANewRun_countPayloadsAndTexts() {
    RunDefinition definition = RunDefinition.builder("t", "q", AT).build();
    assertThat(
            ofCreation(
                CreateMode.brandNew(),
                definition,
                create -> create.signal(new NewSignal("id", "name", DATA))))
        .isEqualTo(2 + PART + 2 + 4 + 3);
    CreateMode terminating =
        CreateMode.byPolicy(
            IdReusePolicy.ALLOW_DUPLICATE, OpenRunPolicy.terminateExisting("Ended", AT, DATA));
    assertThat(ofCreation(terminating, definition, create -> create)).isEqualTo(2 + PART + 5 + 3);
  }

  @Test
  void tasksAndAnswers_countPayloadsAndTexts() {
    NewTask task = NewTask.of(new TaskQueue(NAMESPACE, "queue", TaskType.WORKFLOW), RUN, DATA);
    QueryKey query = new QueryKey(RUN, new UUID(6, 1));

    assertThat(RequestSize.of(List.of(task, task))).isEqualTo(2 * (PART + 5 + 3));
    assertThat(ofParts(builder -> builder.enqueue(task))).isEqualTo(PART + 5 + 3);
    assertThat(
            ofParts(
                builder ->
                    builder.queryCompletion(new QueryCompletion(query, QueryAnswer.result(DATA)))))
        .isEqualTo(PART + 3);
    assertThat(
            ofParts(
                builder ->
                    builder.queryCompletion(new QueryCompletion(query, QueryAnswer.error("no")))))
        .isEqualTo(PART + 2);
  }
}
