package io.odin.persistence.tck.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.odin.persistence.Persistence;
import io.odin.persistence.error.LimitExceededException;
import io.odin.persistence.execution.CreateMode;
import io.odin.persistence.execution.IdReusePolicy;
import io.odin.persistence.execution.OpenRunPolicy;
import io.odin.persistence.history.HistoryEvent;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.signal.NewSignal;
import io.odin.persistence.task.NewTask;
import io.odin.persistence.task.TaskFailure;
import io.odin.persistence.task.TaskQueue;
import io.odin.persistence.tck.harness.Samples;
import io.odin.persistence.timer.TimerUpsert;
import io.odin.persistence.value.PageRequest;
import io.odin.persistence.value.Payload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The base class of the kits of payloads: every entry point of a document or bytes. */
abstract class AbstractPayloadsTck extends AbstractLimitsTck {

  /** What events, tasks, timers and signals carry, by each way in. */
  List<EntryPoint<Payload>> payloads() {
    List<EntryPoint<Payload>> all = new ArrayList<>();
    for (Entry entry : Entry.values()) {
      addParts(all, entry);
    }
    addCommits(all);
    addTasks(all);
    addSignals(all);
    return all;
  }

  private void addParts(List<EntryPoint<Payload>> all, Entry entry) {
    all.add(
        new EntryPoint<>(
            entry.of("event"),
            "data",
            (in, payload) ->
                event(
                        in,
                        stored(
                                in,
                                entry,
                                Samples.running(),
                                parts ->
                                    parts.event(new HistoryEvent(1, "E", Samples.STARTED, payload)))
                            .execution()
                            .key())
                    .data()));
    all.add(
        new EntryPoint<>(
            entry.of("timer"),
            "timerData",
            (in, payload) ->
                stored(
                        in,
                        entry,
                        Samples.running(),
                        parts -> parts.timer(new TimerUpsert("t", Samples.ENDED, payload)))
                    .timers()
                    .getFirst()
                    .data()));
  }

  private void addCommits(List<EntryPoint<Payload>> all) {
    for (Entry entry : List.of(Entry.CREATE, Entry.IMPORT)) {
      all.add(
          new EntryPoint<>(
              entry.of("signal"),
              "signalInput",
              (in, payload) -> {
                RunKey run = newRun();
                NewSignal signal = NewSignal.create("s", payload);
                if (entry == Entry.IMPORT) {
                  in.executions()
                      .importRun(
                          acquireShardFor(run.workflowId()),
                          Samples.create(run, CreateMode.bypassCurrent()).signal(signal).build());
                } else {
                  apply(in, Samples.create(run, CreateMode.brandNew()).signal(signal).build());
                }
                return in.signals().pending(run, PageRequest.first(1)).items().getFirst().input();
              }));
    }
    all.add(
        new EntryPoint<>(
            "event of a termination by a start",
            "eventData",
            (in, payload) -> {
              RunKey open = startedRun();
              OpenRunPolicy terminate =
                  OpenRunPolicy.terminateExisting("Terminated", Samples.ENDED, payload);
              apply(
                  in,
                  Samples.create(
                          RunKey.create(open.namespace(), open.workflowId()),
                          CreateMode.byPolicy(IdReusePolicy.ALLOW_DUPLICATE, terminate))
                      .build());
              return in.history().find(open, 2).orElseThrow().data();
            }));
    all.add(
        new EntryPoint<>(
            "task in a commit",
            "taskData",
            (in, payload) -> {
              RunKey run = newRun();
              TaskQueue queue = newQueue();
              in.executions()
                  .commit(
                      transaction(acquireShardFor(run.workflowId()), Samples.create(run))
                          .enqueue(NewTask.of(queue, run, payload))
                          .build());
              return poll(in, queue, 1).getFirst().task().data();
            }));
  }

  private void addTasks(List<EntryPoint<Payload>> all) {
    all.add(
        new EntryPoint<>(
            "enqueue",
            "taskData",
            (in, payload) -> {
              TaskQueue queue = newQueue();
              in.taskQueues().enqueue(NewTask.of(queue, newRun(), payload));
              return poll(in, queue, 1).getFirst().task().data();
            }));
    all.add(
        new EntryPoint<>(
            "enqueueAll, dead letter",
            "taskData",
            (in, payload) -> {
              TaskQueue queue = newQueue();
              in.taskQueues()
                  .enqueueAll(List.of(NewTask.builder(queue, newRun(), payload).taskId(1).build()));
              in.taskQueues()
                  .fail(
                      poll(in, queue, 1).getFirst().lease(),
                      new TaskFailure("dead", Duration.ZERO, 1));
              return in.taskQueues()
                  .deadLetters(queue, PageRequest.first(1))
                  .items()
                  .getFirst()
                  .data();
            }));
  }

  private void addSignals(List<EntryPoint<Payload>> all) {
    all.add(
        new EntryPoint<>(
            "signal to a run",
            "signalInput",
            (in, payload) -> {
              RunKey run = startedRun();
              in.signals().put(run, NewSignal.create("s", payload));
              return in.executions().find(run).orElseThrow().signals().getFirst().input();
            }));
    all.add(
        new EntryPoint<>(
            "signal to a workflow",
            "signalInput",
            (in, payload) -> {
              RunKey run = startedRun();
              in.signals().put(run.workflow(), NewSignal.create("s", payload));
              return in.signals().pending(run, PageRequest.first(1)).items().getFirst().input();
            }));
  }

  static <T extends Payload> void assertKept(EntryPoint<T> entry, Persistence in, T value) {
    assertThat(entry.roundTrip().apply(in, value)).as(entry.name()).isEqualTo(value);
  }

  static <T extends Payload> void assertRefused(EntryPoint<T> entry, Persistence in, T value) {
    LimitExceededException thrown =
        thrownBy(LimitExceededException.class, () -> entry.roundTrip().apply(in, value));
    assertThat(thrown.limit()).as(entry.name()).isEqualTo("blobBytes");
    assertThat(thrown.field()).as(entry.name()).isEqualTo(entry.field());
    assertThat(thrown.actual()).as(entry.name()).isEqualTo(value.size());
  }
}
