package io.odin.persistence.cli.demo;

import io.odin.persistence.Page;
import io.odin.persistence.PageRequest;
import io.odin.persistence.PageToken;
import io.odin.persistence.Persistence;
import io.odin.persistence.cli.demo.Findings.Kind;
import io.odin.persistence.cli.demo.Tally.Count;
import io.odin.persistence.execution.RunFilter;
import io.odin.persistence.execution.RunKey;
import io.odin.persistence.execution.RunSummary;
import io.odin.persistence.execution.WorkflowKey;
import io.odin.persistence.execution.WorkflowState;
import io.odin.persistence.history.HistoryEvent;
import io.odin.persistence.history.HistoryFault;
import io.odin.persistence.shard.ShardLease;
import io.odin.persistence.task.QueueDepth;
import io.odin.persistence.task.TaskQueue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Goes through what the database holds after the traffic, order by order, and compares it with what
 * the order book asks for. Nothing of the engine's memory goes into the verdict but the number of
 * effects that the database has acknowledged. Thread-safe.
 */
final class Audit {

  private static final Duration FAR_AHEAD = Duration.ofDays(365);

  private final Floor floor;
  private final Persistence persistence;
  private final Histories histories;
  private final Findings findings = new Findings();

  Audit(Floor floor) {
    this.floor = floor;
    persistence = floor.persistence();
    histories = new Histories(persistence.history());
  }

  Findings findings() {
    return findings;
  }

  /** Checks one order: its runs, their histories, and each effect in them. */
  void order(Order order) {
    List<RunSummary> runs =
        all(
            page ->
                persistence
                    .executions()
                    .listRuns(
                        new WorkflowKey(floor.queues().workflow().namespace(), order.id()), page));
    findings.order(order.kind());
    if (runs.isEmpty()) {
      findings.add(Kind.LOST, order.id() + " was never started");
      return;
    }
    Map<String, Integer> completions = new HashMap<>();
    Map<String, Integer> firings = new HashMap<>();
    int starts = 0;
    for (RunSummary run : runs) {
      OrderProgress progress = replay(run);
      progress.completions().forEach((id, count) -> completions.merge(id, count, Integer::sum));
      progress.firings().forEach((id, count) -> firings.merge(id, count, Integer::sum));
      starts += progress.input().isFirstRun() ? 1 : 0;
    }
    exactly(1, starts, order.id() + ": start");
    ends(order, runs);
    effects(order, completions);
    for (String timer : order.timers()) {
      exactly(1, firings.getOrDefault(timer, 0), order.id() + ": timer " + timer);
    }
  }

  private OrderProgress replay(RunSummary run) {
    List<HistoryEvent> history = histories.read(run.key());
    findings.run(history.size());
    for (HistoryFault fault : persistence.history().validate(run.key())) {
      findings.add(Kind.FAULT, run.key() + ": history " + fault);
    }
    long size = persistence.history().size(run.key()).count();
    if (size != history.size()) {
      findings.add(
          Kind.FAULT,
          run.key() + ": " + history.size() + " events, its execution row says " + size);
    }
    return OrderProgress.of(history);
  }

  private void ends(Order order, List<RunSummary> runs) {
    List<WorkflowState> ends =
        runs.stream()
            .map(RunSummary::state)
            .filter(state -> state.isClosed() && state != WorkflowState.CONTINUED_AS_NEW)
            .toList();
    exactly(1, ends.size(), order.id() + ": end");
    ends.forEach(end -> findings.end(order.kind(), end));
    if (ends.size() == 1 && ends.getFirst() != order.end()) {
      findings.add(
          Kind.LOST,
          order.id() + " ended " + ends.getFirst().value() + ", not " + order.end().value());
    }
    if (runs.size() > order.runs() && order.kind() != OrderKind.CANCELED) {
      findings.add(Kind.TWICE, order.id() + " has " + runs.size() + " runs, not " + order.runs());
    }
    runs.stream()
        .filter(run -> !run.state().isClosed())
        .forEach(run -> findings.add(Kind.LOST, run.key() + " was left open"));
  }

  private void effects(Order order, Map<String, Integer> completions) {
    findings.effects(completions.values().stream().mapToInt(count -> count).sum());
    Map<String, Integer> unasked = new HashMap<>(completions);
    for (String activity : order.activities()) {
      int count = completions.getOrDefault(activity, 0);
      unasked.remove(activity);
      int least = order.kind() == OrderKind.CANCELED ? Math.min(1, count) : 1;
      exactly(least, count, order.id() + ": " + activity);
    }
    unasked.forEach(
        (activity, count) -> findings.add(Kind.TWICE, order.id() + ": " + activity + " unasked"));
  }

  private void exactly(int wanted, int actual, String what) {
    for (int i = actual; i < wanted; i++) {
      findings.add(Kind.LOST, what + " is missing");
    }
    for (int i = wanted; i < actual; i++) {
      findings.add(Kind.TWICE, what + " is there once more");
    }
  }

  /** Checks what no order accounts for: queues, open runs, timers, acknowledged effects. */
  void remains(TimerService timers) {
    for (TaskQueue queue : List.of(floor.queues().workflow(), floor.queues().activity())) {
      QueueDepth depth = persistence.taskQueues().depth(queue);
      if (total(depth) > 0) {
        findings.add(Kind.LOST, queue + " still holds " + depth);
      }
    }
    for (TaskQueue queue :
        all(
            page ->
                persistence.taskQueues().listQueues(floor.queues().workflow().namespace(), page))) {
      findings.add(Kind.FAULT, queue + " is still listed");
    }
    for (ShardLease shard : floor.shards().all()) {
      for (RunSummary run :
          all(
              page ->
                  persistence.executions().listByShard(shard.shardId(), RunFilter.OPEN, page))) {
        if (isOurs(run.key())) {
          findings.add(Kind.FAULT, run.key() + " is listed as open in shard " + shard.shardId());
        }
      }
      timers
          .timers(shard, Optional.of(Instant.now().plus(FAR_AHEAD)))
          .forEach(
              timer ->
                  findings.add(Kind.FAULT, timer.run() + " has left its timer " + timer.timerId()));
    }
    long acknowledged = floor.tally().of(Count.ACTIVITIES_RECORDED);
    if (findings.effects() < acknowledged) {
      findings.add(
          Kind.LOST,
          acknowledged + " effects were acknowledged, the histories hold " + findings.effects());
    }
  }

  static long total(QueueDepth depth) {
    return depth.ready() + depth.delayed() + depth.leased() + depth.dead();
  }

  private boolean isOurs(RunKey run) {
    return run.namespace().equals(floor.queues().workflow().namespace());
  }

  private static <T> List<T> all(Function<PageRequest, Page<T>> listing) {
    List<T> items = new ArrayList<>();
    Optional<PageToken> from = Optional.empty();
    do {
      Page<T> page = listing.apply(new PageRequest(PageRequest.MAXIMUM_LIMIT, from));
      items.addAll(page.items());
      from = page.next();
    } while (from.isPresent());
    return items;
  }
}
