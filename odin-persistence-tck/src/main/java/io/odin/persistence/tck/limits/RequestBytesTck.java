package io.odin.persistence.tck.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.odin.persistence.Limits;
import io.odin.persistence.Persistence;
import io.odin.persistence.error.AlreadyExistsException;
import io.odin.persistence.error.LimitExceededException;
import io.odin.persistence.execution.CreateMode;
import io.odin.persistence.execution.CreateRun;
import io.odin.persistence.execution.RunDefinition;
import io.odin.persistence.execution.RunState;
import io.odin.persistence.execution.UpdateRun;
import io.odin.persistence.execution.WorkflowTransaction;
import io.odin.persistence.history.HistoryEvent;
import io.odin.persistence.query.NewQuery;
import io.odin.persistence.query.QueryAnswer;
import io.odin.persistence.query.QueryCompletion;
import io.odin.persistence.query.QueryKey;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.schedule.ScheduleDefinition;
import io.odin.persistence.signal.NewSignal;
import io.odin.persistence.spi.RequestSize;
import io.odin.persistence.task.NewTask;
import io.odin.persistence.task.TaskKey;
import io.odin.persistence.task.TaskQueue;
import io.odin.persistence.tck.harness.Samples;
import io.odin.persistence.tck.harness.Scenario;
import io.odin.persistence.timer.TimerDelete;
import io.odin.persistence.timer.TimerUpsert;
import io.odin.persistence.value.Bytes;
import io.odin.persistence.value.Json;
import io.odin.persistence.value.PageRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Requests with many large parts. */
public abstract class RequestBytesTck extends AbstractLimitsTck {

  private static final int BLOB = Limits.DEFAULTS.blobBytes();
  // What else counts of a part is far less than a document, and more than nothing.
  private static final int FITTING = Limits.DEFAULTS.requestBytes() / BLOB - 1;

  /** For backends. */
  protected RequestBytesTck() {}

  private static List<NewTask> tasks(TaskQueue queue, RunKey run, int count) {
    Json data = document(BLOB);
    return IntStream.range(0, count).mapToObj(i -> NewTask.of(queue, run, data)).toList();
  }

  private static List<NewTask> named(List<NewTask> tasks) {
    return IntStream.range(0, tasks.size())
        .mapToObj(
            i ->
                NewTask.builder(tasks.get(i).queue(), tasks.get(i).run(), tasks.get(i).data())
                    .taskId(i)
                    .build())
        .toList();
  }

  private static List<NewTask> oneMore(List<NewTask> tasks) {
    NewTask last = tasks.getLast();
    return Stream.concat(
            tasks.stream(), Stream.of(NewTask.of(last.queue(), last.run(), document(BLOB))))
        .toList();
  }

  @Test
  @Scenario("LI-05")
  void batch_upToTheLimit_isEnqueuedAsAWhole() {
    RunKey run = newRun();
    List<NewTask> fitting = tasks(newQueue(), run, FITTING);
    List<NewTask> underIds = named(tasks(newQueue(), run, FITTING));

    persistence().taskQueues().enqueueAll(fitting);
    persistence().taskQueues().enqueueAll(underIds);
    persistence().taskQueues().enqueueAll(underIds);

    for (List<NewTask> batch : List.of(fitting, underIds)) {
      TaskQueue queue = batch.getFirst().queue();
      assertThat(persistence().taskQueues().depth(queue).ready()).isEqualTo(FITTING);
      assertRequestRefused("tasks", () -> persistence().taskQueues().enqueueAll(oneMore(batch)));
      assertThat(persistence().taskQueues().depth(queue).ready()).isEqualTo(FITTING);
    }
  }

  @Test
  @Scenario("LI-05")
  void batch_withAConflictInALaterPart_enqueuesNothing() {
    RunKey run = newRun();
    List<NewTask> tasks = named(tasks(newQueue(), run, 6));
    TaskQueue queue = tasks.getFirst().queue();
    persistence()
        .taskQueues()
        .enqueue(NewTask.builder(queue, run, Json.of("\"another\"")).taskId(5).build());

    thrownBy(AlreadyExistsException.class, () -> persistence().taskQueues().enqueueAll(tasks));

    assertThat(persistence().taskQueues().depth(queue).ready()).isEqualTo(1);
  }

  @Test
  @Scenario("LI-05")
  void commit_upToTheLimit_isAppliedOnce() {
    RunKey run = startedRun();
    Json large = document(BLOB);
    UpdateRun.Builder update = Samples.update(run, 1);
    IntStream.range(0, 10)
        .forEach(i -> update.timer(new TimerUpsert("t-" + i, Samples.ENDED, large)));
    List<QueryKey> queries = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      queries.add(
          persistence()
              .queryResults()
              .request(NewQuery.create(run, "q", Json.emptyObject(), LONG)));
    }
    int others = 16;
    WorkflowTransaction.Builder transaction =
        transaction(acquireShardFor(run.workflowId()), update.build());
    queries.forEach(
        query ->
            transaction.queryCompletion(new QueryCompletion(query, QueryAnswer.result(large))));
    List<NewTask> tasks = tasks(newQueue(), run, FITTING - others);
    tasks.forEach(transaction::enqueue);

    WorkflowTransaction fitting = transaction.build();
    persistence().executions().commit(fitting);
    persistence().executions().commit(fitting);

    assertThat(persistence().taskQueues().depth(tasks.getFirst().queue()).ready())
        .isEqualTo(tasks.size());
    assertThat(allPages(100, page -> persistence().timers().list(run, page))).hasSize(10);
    assertThat(queries)
        .allSatisfy(
            query ->
                assertThat(persistence().queryResults().find(query).orElseThrow().completion())
                    .isPresent());
    RunKey another = newRun();
    WorkflowTransaction.Builder larger =
        transaction(acquireShardFor(another.workflowId()), Samples.create(another));
    tasks(newQueue(), another, FITTING + 1).forEach(larger::enqueue);
    assertRequestRefused("transaction", () -> persistence().executions().commit(larger.build()));
    assertThat(persistence().executions().find(another)).isEmpty();
  }

  @Test
  @Scenario("LI-10")
  void commit_ofThousandsOfParts_isApplied() {
    RunKey run = newRun();
    List<NewSignal> signals =
        Stream.generate(() -> NewSignal.create("s", Json.of("0"))).limit(3000).toList();
    CreateRun.Builder create = Samples.create(run, CreateMode.brandNew());
    signals.forEach(create::signal);
    apply(persistence(), create);
    TaskQueue queue = newQueue();
    UpdateRun.Builder starting = Samples.update(run, 1);
    UpdateRun.Builder ending = Samples.update(run, 2);
    for (int i = 0; i < 6000; i++) {
      starting.timer(new TimerUpsert("t-" + i, Samples.ENDED, Json.of("0")));
      ending.deleteTimer(new TimerDelete("t-" + i, Optional.of(Samples.ENDED)));
    }
    signals.forEach(signal -> starting.consumeSignal(signal.signalId()));
    WorkflowTransaction.Builder step = transaction(starting.build());
    for (int i = 0; i < 3000; i++) {
      step.enqueue(NewTask.builder(queue, run, Json.of("0")).taskId(i).build());
    }

    persistence().executions().commit(step.build());

    assertThat(persistence().taskQueues().depth(queue).ready()).isEqualTo(3000);
    assertThat(allPages(1000, page -> persistence().timers().list(run, page))).hasSize(6000);
    assertThat(persistence().executions().find(run).orElseThrow().signals()).isEmpty();

    apply(persistence(), ending);

    assertThat(persistence().timers().list(run, PageRequest.first(1)).items()).isEmpty();
  }

  @Test
  @Scenario("LI-10")
  void commit_ofManySmallParts_isRefusedAboveTheLimit() {
    RunKey run = startedRun();
    UpdateRun.Builder update = Samples.update(run, 1);
    for (int i = 0; i < 1000; i++) {
      update.deleteTimer(new TimerDelete("t-" + i, Optional.empty()));
    }
    WorkflowTransaction transaction = transaction(update.build()).build();
    int size = Math.toIntExact(RequestSize.of(transaction));
    Persistence smaller =
        reopened(settings -> settings.limits(Limits.DEFAULTS.withRequestBytes(size - 1)));
    Persistence fitting =
        reopened(settings -> settings.limits(Limits.DEFAULTS.withRequestBytes(size)));

    LimitExceededException refusal =
        thrownBy(LimitExceededException.class, () -> smaller.executions().commit(transaction));

    assertThat(refusal.limit()).isEqualTo("requestBytes");
    assertThat(refusal.actual()).isEqualTo(size);
    assertThat(fitting.executions().commit(transaction).isApplied()).isTrue();
  }

  @Test
  @Scenario("LI-10")
  void taskOfThousands_thatConflicts_isNamed() {
    RunKey run = startedRun();
    TaskQueue queue = newQueue();
    NewTask other = NewTask.builder(queue, run, Json.of("1")).taskId(1999).build();
    persistence().taskQueues().enqueue(other);
    WorkflowTransaction.Builder step = transaction(Samples.update(run, 1).build());
    for (int i = 0; i < 3000; i++) {
      step.enqueue(NewTask.builder(queue, run, Json.of("0")).taskId(i).build());
    }

    AlreadyExistsException conflict =
        thrownBy(
            AlreadyExistsException.class, () -> persistence().executions().commit(step.build()));

    assertThat(conflict.existing(TaskKey.class)).isEqualTo(new TaskKey(queue, 1999));
    assertThat(persistence().taskQueues().depth(queue).ready()).isEqualTo(1);
  }

  @Test
  @Scenario("LI-05")
  void run_ofWhichEveryPartIsAtItsLimit_isStored() {
    Json large = document(BLOB);
    byte[] content = new byte[Limits.DEFAULTS.executionStateBytes()];
    new Random(2).nextBytes(content);
    RunState state =
        RunState.builder()
            .executionState(Bytes.copyOf(content))
            .memo(large)
            .searchAttributes(large)
            .autoResetPoints(large)
            .build();
    RunDefinition definition =
        RunDefinition.builder("OrderWorkflow", "orders", Samples.STARTED)
            .retryPolicy(large)
            .build();
    RunKey run = newRun();
    CreateRun create =
        CreateRun.builder(run, CreateMode.brandNew(), definition, state)
            .event(new HistoryEvent(1, "E", Samples.STARTED, document(BLOB - 1)))
            .event(new HistoryEvent(2, "E", Samples.STARTED, document(BLOB - 1)))
            .visibility(Samples.visibility(run).memo(large).build())
            .build();

    apply(persistence(), create);

    assertThat(persistence().executions().find(run).orElseThrow().execution().state())
        .isEqualTo(state);
    apply(
        persistence(),
        UpdateRun.builder(run, 1, state)
            .visibility(Samples.visibility(run).memo(large).status("s").build())
            .build());
    ScheduleDefinition schedule =
        Samples.schedule(Samples.hourly().spec())
            .input(large)
            .retryPolicy(large)
            .memo(large)
            .searchAttributes(large)
            .build();
    assertThat(
            persistence()
                .schedules()
                .find(scheduled(persistence(), schedule))
                .orElseThrow()
                .definition())
        .isEqualTo(schedule);
  }

  @Test
  @Scenario("LI-05")
  void documents_thatAreMostlyQuotes_areStored() {
    Json quotes = Json.of("[" + "\"\",".repeat(BLOB / 3 - 1) + "0]");
    RunKey run = newRun();
    CreateRun.Builder create = Samples.create(run, CreateMode.bypassCurrent());
    for (int i = 1; i <= 4; i++) {
      create.event(new HistoryEvent(i, "E", Samples.STARTED, quotes));
    }

    persistence().executions().importRun(acquireShardFor(run.workflowId()), create.build());

    assertThat(persistence().history().find(run, 4).orElseThrow().data()).isEqualTo(quotes);
  }

  @Test
  @Scenario("LI-05")
  void commit_ofAsManyEventsAsARunMayHave_isApplied() {
    RunKey run = newRun();
    int count = (int) persistence().limits().historyEvents();
    List<HistoryEvent> events =
        LongStream.rangeClosed(1, count)
            .mapToObj(id -> new HistoryEvent(id, "E", Samples.STARTED, Json.of("0")))
            .toList();

    apply(persistence(), Samples.create(run, CreateMode.brandNew()).history(events).build());

    assertThat(persistence().history().size(run).count()).isEqualTo(count);
    assertThat(persistence().history().validate(run)).isEmpty();
  }

  @Test
  @Scenario("LI-05")
  void importOfARun_largerThanARequest_isStored() {
    RunKey run = newRun();
    int count = FITTING + 4;
    Json large = document(BLOB);
    CreateRun.Builder create = Samples.create(run, CreateMode.bypassCurrent());
    for (int i = 1; i <= count; i++) {
      create.event(new HistoryEvent(i, "E", Samples.STARTED, large));
    }
    for (int i = 0; i < 4; i++) {
      create.timer(new TimerUpsert("t-" + i, Samples.ENDED, large));
    }

    persistence().executions().importRun(acquireShardFor(run.workflowId()), create.build());

    assertThat(persistence().history().validate(run)).isEmpty();
    assertThat(persistence().history().size(run).count()).isEqualTo(count);
  }

  private static void assertRequestRefused(String field, ThrowingCallable call) {
    LimitExceededException thrown = thrownBy(LimitExceededException.class, call);
    assertThat(thrown.limit()).isEqualTo("requestBytes");
    assertThat(thrown.field()).isEqualTo(field);
    assertThat(thrown.maximum()).isEqualTo(Limits.DEFAULTS.requestBytes());
  }
}
