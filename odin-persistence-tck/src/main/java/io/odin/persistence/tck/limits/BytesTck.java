package io.odin.persistence.tck.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.odin.persistence.Limits;
import io.odin.persistence.Persistence;
import io.odin.persistence.error.AlreadyExistsException;
import io.odin.persistence.execution.CreateMode;
import io.odin.persistence.execution.CreateRun;
import io.odin.persistence.execution.RunDefinition;
import io.odin.persistence.execution.RunSnapshot;
import io.odin.persistence.execution.UpdateRun;
import io.odin.persistence.history.EventRange;
import io.odin.persistence.history.HistoryEvent;
import io.odin.persistence.run.BaseRun;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.run.WorkflowState;
import io.odin.persistence.signal.NewSignal;
import io.odin.persistence.signal.WorkflowSignal;
import io.odin.persistence.task.LeasedTask;
import io.odin.persistence.task.NewTask;
import io.odin.persistence.task.TaskFailure;
import io.odin.persistence.task.TaskKey;
import io.odin.persistence.task.TaskQueue;
import io.odin.persistence.tck.harness.Samples;
import io.odin.persistence.tck.harness.Scenario;
import io.odin.persistence.timer.TimerUpsert;
import io.odin.persistence.timer.WorkflowTimer;
import io.odin.persistence.value.Bytes;
import io.odin.persistence.value.Json;
import io.odin.persistence.value.PageRequest;
import io.odin.persistence.value.Payload;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Payloads that are bytes, at every entry point. */
public abstract class BytesTck extends AbstractPayloadsTck {

  private static final int SMALL = 1000;
  private static final Bytes OTHER = Bytes.copyOf(new byte[] {1});

  /** For backends. */
  protected BytesTck() {}

  /** Every value of a byte, of which many are no text in any encoding. */
  private static Bytes everyByte() {
    byte[] content = new byte[256];
    for (int i = 0; i < content.length; i++) {
      content[i] = (byte) i;
    }
    return Bytes.copyOf(content);
  }

  private static Bytes bytesOf(int size) {
    byte[] content = new byte[size];
    Arrays.fill(content, (byte) 0xFF);
    return Bytes.copyOf(content);
  }

  @Test
  @Scenario("LI-11")
  void bytes_comeBackAsTheyAre_fromEveryEntryPoint() {
    Bytes document = Bytes.copyOf("{\"a\": 1}".getBytes(StandardCharsets.UTF_8));
    for (Bytes bytes : List.of(everyByte(), Bytes.empty(), document)) {
      for (EntryPoint<Payload> entry : payloads()) {
        assertKept(entry, persistence(), bytes);
      }
    }
  }

  @Test
  @Scenario({"LI-01", "LI-11"})
  void blobBytes_holdsForBytes() {
    Persistence small = reopened(settings -> settings.limits(Limits.DEFAULTS.withBlobBytes(SMALL)));
    int limit = persistence().limits().blobBytes();
    for (EntryPoint<Payload> entry : payloads()) {
      assertKept(entry, small, bytesOf(SMALL));
      assertRefused(entry, small, bytesOf(SMALL + 1));
      assertKept(entry, persistence(), bytesOf(limit));
      assertRefused(entry, persistence(), bytesOf(limit + 1));
    }
  }

  @Test
  @Scenario("LI-11")
  void documentAndBytes_areOtherPayloads() {
    RunKey run = newRun();
    TaskQueue queue = newQueue();
    NewTask bytes = task(queue, run, Bytes.empty());
    TaskKey key = persistence().taskQueues().enqueue(bytes);

    assertThat(persistence().taskQueues().enqueue(bytes)).isEqualTo(key);
    for (Payload other : List.of(Json.emptyObject(), OTHER)) {
      thrownBy(
          AlreadyExistsException.class,
          () -> persistence().taskQueues().enqueue(task(queue, run, other)));
    }

    persistence().taskQueues().complete(poll(persistence(), queue, 1).getFirst().lease());
    assertThat(persistence().taskQueues().enqueue(bytes)).isEqualTo(key);
    for (Payload other : List.of(Json.emptyObject(), OTHER)) {
      thrownBy(
          AlreadyExistsException.class,
          () -> persistence().taskQueues().enqueue(task(queue, run, other)));
    }
    assertThat(poll(persistence(), queue, 1)).isEmpty();
  }

  private static NewTask task(TaskQueue queue, RunKey run, Payload data) {
    return NewTask.builder(queue, run, data).taskId(7).build();
  }

  @Test
  @Scenario("LI-11")
  void timer_thatIsMoved_changesFromOneToTheOther() {
    RunKey run = startedRun();
    long version = 1;
    for (Payload data : List.of(Json.of("{\"a\":1}"), everyByte(), Json.emptyObject())) {
      apply(
          persistence(),
          Samples.update(run, version++).timer(new TimerUpsert("t", Samples.ENDED, data)));

      assertThat(persistence().timers().list(run, PageRequest.first(2)).items())
          .extracting(WorkflowTimer::data)
          .containsExactly(data);
    }
  }

  @Test
  @Scenario("LI-11")
  void deadLetter_thatIsRedriven_hasItsBytes() {
    TaskQueue queue = newQueue();
    TaskKey key = persistence().taskQueues().enqueue(NewTask.of(queue, newRun(), everyByte()));
    persistence()
        .taskQueues()
        .fail(
            poll(persistence(), queue, 1).getFirst().lease(),
            new TaskFailure("dead", Duration.ZERO, 1));

    assertThat(persistence().taskQueues().redrive(List.of(key))).isOne();

    assertThat(poll(persistence(), queue, 1))
        .extracting(leased -> leased.task().data())
        .containsExactly(everyByte());
  }

  @Test
  @Scenario({"LI-06", "LI-11"})
  void pagesAndPolls_areLimitedInBytes() {
    Persistence small = withPagesOf(2 * LARGE + LARGE / 2);
    RunKey run = newRun();
    TaskQueue queue = newQueue();
    CreateRun.Builder create = Samples.create(run, CreateMode.brandNew());
    for (int i = 1; i <= COUNT; i++) {
      create.event(new HistoryEvent(i, "E", Samples.STARTED, bytesOf(LARGE)));
      small.taskQueues().enqueue(NewTask.of(queue, run, bytesOf(LARGE)));
    }
    apply(small, create);

    assertThat(small.history().read(run, EventRange.all(), PageRequest.first(COUNT)).items())
        .hasSizeBetween(1, 2);
    List<LeasedTask> taken = new ArrayList<>();
    for (List<LeasedTask> some = poll(small, queue, 100);
        !some.isEmpty();
        some = poll(small, queue, 100)) {
      assertThat(some).hasSizeLessThanOrEqualTo(2);
      taken.addAll(some);
    }
    assertThat(taken)
        .extracting(leased -> leased.task().data())
        .hasSize(COUNT)
        .containsOnly(bytesOf(LARGE));
  }

  @Test
  @Scenario({"EX-42", "LI-11"})
  void run_thatBeginsWithTheHistoryOfAnother_hasItsBytes() {
    RunKey base = newRun();
    apply(
        persistence(),
        Samples.create(base, CreateMode.brandNew())
            .event(new HistoryEvent(1, "E", Samples.STARTED, everyByte()))
            .event(new HistoryEvent(2, "E", Samples.STARTED, Json.of("[2]"))));
    RunKey next = RunKey.create(base.namespace(), base.workflowId());
    RunDefinition definition =
        RunDefinition.builder("OrderWorkflow", "orders", Samples.STARTED)
            .base(new BaseRun(base.runId(), 2))
            .build();
    commit(
        UpdateRun.builder(base, 1, Samples.closed(WorkflowState.TERMINATED)).build(),
        CreateRun.builder(
                next, CreateMode.replaceClosed(base.runId()), definition, Samples.running())
            .build());

    assertThat(persistence().history().read(next, EventRange.all(), PageRequest.first(3)).items())
        .extracting(HistoryEvent::data)
        .containsExactly(everyByte(), Json.of("[2]"));
    assertThat(persistence().history().size(base).bytes()).isEqualTo(2 + 256 + 3);
    assertThat(persistence().history().size(next).bytes()).isBetween(2L + 256 + 3, 2L + 256 + 40);
  }

  @Test
  @Scenario({"SG-11", "LI-11"})
  void signal_thatIsCarriedOver_hasItsBytes() {
    RunKey run = startedRun();
    RunKey next = RunKey.create(run.namespace(), run.workflowId());
    persistence().signals().put(run, new NewSignal("s", "n", everyByte()));

    commit(
        UpdateRun.builder(run, 1, Samples.closed(WorkflowState.CONTINUED_AS_NEW))
            .carrySignalsTo(next)
            .build(),
        Samples.create(next, CreateMode.replaceClosed(run.runId())).build());

    RunSnapshot snapshot = persistence().executions().find(next).orElseThrow();
    assertThat(snapshot.signals()).extracting(WorkflowSignal::input).containsExactly(everyByte());
  }

  private void commit(UpdateRun closing, CreateRun next) {
    persistence()
        .executions()
        .commit(transaction(acquireShardFor(next.key().workflowId()), closing, next).build());
  }
}
