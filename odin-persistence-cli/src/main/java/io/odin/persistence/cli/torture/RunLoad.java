package io.odin.persistence.cli.torture;

import io.odin.persistence.Persistence;
import io.odin.persistence.cli.torture.Calls.Answer;
import io.odin.persistence.cli.torture.Calls.Answer.Applied;
import io.odin.persistence.cli.torture.Calls.Answer.Refused;
import io.odin.persistence.cli.torture.Ledger.Verdict;
import io.odin.persistence.error.ShardOwnershipLostException;
import io.odin.persistence.execution.CommitResult;
import io.odin.persistence.execution.CreateMode;
import io.odin.persistence.execution.CreateRun;
import io.odin.persistence.execution.RunDefinition;
import io.odin.persistence.execution.RunState;
import io.odin.persistence.execution.UpdateRun;
import io.odin.persistence.execution.WorkflowTransaction;
import io.odin.persistence.history.HistoryEvent;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.shard.ShardAcquisition;
import io.odin.persistence.shard.ShardAcquisition.Acquired;
import io.odin.persistence.shard.ShardHash;
import io.odin.persistence.shard.ShardLease;
import io.odin.persistence.signal.NewSignal;
import io.odin.persistence.signal.SignalReceipt;
import io.odin.persistence.signal.WorkflowSignal;
import io.odin.persistence.task.NewTask;
import io.odin.persistence.value.Bytes;
import io.odin.persistence.value.Json;
import io.odin.persistence.value.PageRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/**
 * Runs to which events are appended by one commit after the other, while they receive signals. Each
 * worker owns a shard and is the only one that writes to the runs of it. Thread-safe, if each
 * worker is one thread.
 */
final class RunLoad implements Load {

  private static final Duration TIME_TO_LIVE = Duration.ofSeconds(30);
  private static final int RUNS_PER_WORKER = 4;
  private static final int SIGNALS_AT_ONCE = 20;
  private static final int MAXIMUM_EVENTS = 4;

  private final Persistence persistence;
  private final Calls calls;
  private final Ledger ledger;
  private final TaskLoad tasks;
  private final NamespaceId namespace;
  private final List<Worker> workers = new ArrayList<>();
  private final AtomicLong numbers = new AtomicLong();

  RunLoad(
      Persistence persistence,
      Calls calls,
      Ledger ledger,
      TaskLoad tasks,
      NamespaceId namespace,
      int count) {
    this.persistence = persistence;
    this.calls = calls;
    this.ledger = ledger;
    this.tasks = tasks;
    this.namespace = namespace;
    for (int shard = 0; shard < count; shard++) {
      workers.add(new Worker(shard));
    }
  }

  /** What one thread owns. */
  private final class Worker {
    private final int shard;
    private final List<RunLedger> runs = new ArrayList<>();
    private ShardLease lease;
    private long leasedAt;

    Worker(int shard) {
      this.shard = shard;
      lease = acquire();
      for (int i = 0; i < RUNS_PER_WORKER; i++) {
        RunLedger run = new RunLedger(RunKey.create(namespace, workflowId(i)));
        if (calls.settle("start", () -> persistence.executions().commit(start(run.key())))
            instanceof Refused<CommitResult>(var reason)) {
          throw reason;
        }
        runs.add(run);
      }
    }

    private String workflowId(int number) {
      for (int i = 0; ; i++) {
        String id = "run-%d-%d-%d".formatted(shard, number, i);
        if (ShardHash.shardOf(id, persistence.shardCount()) == shard) {
          return id;
        }
      }
    }

    private WorkflowTransaction start(RunKey run) {
      RunDefinition definition = RunDefinition.builder("torture", "torture", Instant.now()).build();
      return WorkflowTransaction.builder(lease)
          .change(
              CreateRun.builder(run, CreateMode.brandNew(), definition, running())
                  .event(RunLedger.started())
                  .build())
          .build();
    }

    private ShardLease acquire() {
      while (true) {
        long sent = System.nanoTime();
        Answer<ShardAcquisition> answer =
            calls.settle(
                "acquire",
                () -> persistence.shards().acquire(shard, "runs-" + shard, TIME_TO_LIVE));
        if (answer instanceof Applied<ShardAcquisition>(Acquired(ShardLease acquired))) {
          leasedAt = sent;
          return acquired;
        }
        LockSupport.parkNanos(TIME_TO_LIVE.dividedBy(30).toNanos());
      }
    }

    void step(RandomGenerator random) {
      if (System.nanoTime() - leasedAt > TIME_TO_LIVE.dividedBy(3).toNanos()) {
        renew();
      }
      RunLedger run = runs.get(random.nextInt(runs.size()));
      List<WorkflowSignal> signals =
          calls
              .read(
                  "pending",
                  () ->
                      persistence.signals().pending(run.key(), PageRequest.first(SIGNALS_AT_ONCE)))
              .items();
      List<HistoryEvent> events = run.next(signals, random.nextInt(1, MAXIMUM_EVENTS), numbers);
      List<NewTask> enqueued = new ArrayList<>();
      for (int i = random.nextInt(3); i > 0; i--) {
        enqueued.add(tasks.newTask());
      }
      UpdateRun.Builder update =
          UpdateRun.builder(run.key(), run.version(), running()).history(events);
      signals.forEach(signal -> update.consumeSignal(signal.signalId()));
      WorkflowTransaction.Builder transaction =
          WorkflowTransaction.builder(lease).change(update.build());
      enqueued.forEach(transaction::enqueue);
      WorkflowTransaction built = transaction.build();
      Answer<CommitResult> answer =
          calls.settle("commit", () -> persistence.executions().commit(built));
      tasks.sent(enqueued, answer);
      switch (answer) {
        case Applied<CommitResult> applied -> run.applied(events);
        case Refused<CommitResult>(var reason) -> {
          if (!(reason instanceof ShardOwnershipLostException)) {
            ledger.found(
                Verdict.WRONG_OUTCOME, "only one worker writes to " + run.key() + ": " + reason);
            run.reload(persistence.executions(), calls);
          }
          lease = acquire();
        }
      }
    }

    private void renew() {
      long sent = System.nanoTime();
      if (calls.settle("renew", () -> persistence.shards().renew(lease, TIME_TO_LIVE))
          instanceof Applied<ShardLease>(ShardLease renewed)) {
        lease = renewed;
        leasedAt = sent;
      } else {
        lease = acquire();
      }
    }
  }

  private static RunState running() {
    return RunState.running(Bytes.empty());
  }

  @Override
  public String name() {
    return "runs";
  }

  @Override
  public void work(int worker, RandomGenerator random) {
    if (random.nextInt(4) == 0) {
      signal(random);
    } else {
      workers.get(worker).step(random);
    }
  }

  private void signal(RandomGenerator random) {
    List<RunLedger> runs = workers.get(random.nextInt(workers.size())).runs;
    RunLedger run = runs.get(random.nextInt(runs.size()));
    NewSignal signal = NewSignal.create("torture", Json.emptyObject());
    Answer<SignalReceipt> answer =
        calls.settle("signal", () -> persistence.signals().put(run.key(), signal));
    run.signaled(signal.signalId(), answer);
  }

  @Override
  public void audit(Ledger audited) {
    for (Worker worker : workers) {
      for (RunLedger run : worker.runs) {
        run.audit(persistence, calls, audited);
      }
    }
  }

  @Override
  public String scope() {
    return "%d runs with %d events and %d signals"
        .formatted(
            workers.stream().mapToInt(worker -> worker.runs.size()).sum(),
            workers.stream()
                .flatMap(worker -> worker.runs.stream())
                .mapToLong(RunLedger::events)
                .sum(),
            workers.stream()
                .flatMap(worker -> worker.runs.stream())
                .mapToLong(RunLedger::signals)
                .sum());
  }
}
