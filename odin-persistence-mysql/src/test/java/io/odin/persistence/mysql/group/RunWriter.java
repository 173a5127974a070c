package io.odin.persistence.mysql.group;

import io.odin.persistence.Persistence;
import io.odin.persistence.execution.CreateMode;
import io.odin.persistence.execution.CreateRun;
import io.odin.persistence.execution.RunDefinition;
import io.odin.persistence.execution.RunSnapshot;
import io.odin.persistence.execution.RunState;
import io.odin.persistence.execution.UpdateRun;
import io.odin.persistence.execution.WorkflowTransaction;
import io.odin.persistence.history.EventRange;
import io.odin.persistence.history.HistoryEvent;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.shard.ShardAcquisition;
import io.odin.persistence.shard.ShardAcquisition.Acquired;
import io.odin.persistence.shard.ShardHash;
import io.odin.persistence.shard.ShardLease;
import io.odin.persistence.value.Bytes;
import io.odin.persistence.value.Json;
import io.odin.persistence.value.Page;
import io.odin.persistence.value.PageRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * The owner of a shard, who appends events to one run of it and looks for each commit that was
 * reported as applied. Used by one thread, but {@link #look} by any.
 */
final class RunWriter {

  /** Longer than a failover takes. */
  private static final Duration LEASE = Duration.ofMinutes(5);

  private final Persistence persistence;
  private final Reported reported;
  private final int shard;
  private final RunKey run;
  private final List<String> events = new ArrayList<>();
  private final Set<String> refused = new HashSet<>();
  private ShardLease lease;
  private Instant leasedAt = Instant.now();
  private int attempts;
  private final AtomicLong version = new AtomicLong(1);

  /** Makes the run. */
  RunWriter(Persistence persistence, Reported reported, NamespaceId namespace, int shard) {
    this.persistence = persistence;
    this.reported = reported;
    this.shard = shard;
    run = RunKey.create(namespace, workflowOn(persistence.shardCount(), shard));
    lease = acquire();
    CreateRun create =
        CreateRun.builder(
                run,
                CreateMode.brandNew(),
                RunDefinition.builder("t", "q", Instant.now()).build(),
                running())
            .event(event(1, "created"))
            .build();
    persistence.executions().commit(WorkflowTransaction.builder(lease).change(create).build());
    events.add("created");
  }

  private static String workflowOn(int shards, int shard) {
    return IntStream.iterate(0, i -> i + 1)
        .mapToObj(i -> "run-" + i)
        .filter(id -> ShardHash.shardOf(id, shards) == shard)
        .findFirst()
        .orElseThrow();
  }

  private static RunState running() {
    return RunState.running(Bytes.empty());
  }

  private static HistoryEvent event(long id, String type) {
    return new HistoryEvent(
        id, type, Instant.now().truncatedTo(ChronoUnit.MICROS), Json.emptyObject());
  }

  private ShardLease acquire() {
    while (true) {
      Optional<ShardAcquisition> answer =
          reported.settle(() -> persistence.shards().acquire(shard, "writer", LEASE));
      if (answer.isPresent() && answer.get() instanceof Acquired(ShardLease acquired)) {
        leasedAt = Instant.now();
        return acquired;
      }
    }
  }

  /** One commit. */
  void step() {
    if (leasedAt.plus(LEASE.dividedBy(3)).isBefore(Instant.now())) {
      lease = acquire();
    }
    String type = "event-" + ++attempts;
    WorkflowTransaction transaction =
        WorkflowTransaction.builder(lease)
            .change(
                UpdateRun.builder(run, version.get(), running())
                    .event(event(events.size() + 1, type))
                    .build())
            .build();
    if (reported.settle(() -> persistence.executions().commit(transaction)).isPresent()) {
      events.add(type);
      version.incrementAndGet();
      look(persistence);
    } else {
      refused.add(type);
    }
  }

  /** Checks that a read finds what had been reported as applied when it began. */
  void look(Persistence reader) {
    long known = version.get();
    Optional<RunSnapshot> found = reported.read(() -> reader.executions().find(run));
    if (found.isEmpty()) {
      reported.contradicts("a stale read: " + run + " was not found");
    } else if (found.get().execution().version() < known) {
      reported.contradicts(
          "a stale read: version %d of %s, where %d had been committed"
              .formatted(found.get().execution().version(), run, known));
    }
  }

  /** How many events were reported as applied. */
  int size() {
    return events.size();
  }

  /** Compares what was reported with what is stored. */
  void audit() {
    List<String> stored = new ArrayList<>();
    Optional<PageRequest> next = Optional.of(PageRequest.first(1000));
    while (next.isPresent()) {
      PageRequest request = next.get();
      Page<HistoryEvent> page =
          reported.read(() -> persistence.history().read(run, EventRange.all(), request));
      page.items().forEach(event -> stored.add(event.eventType()));
      next = page.next().map(token -> PageRequest.after(token, 1000));
    }
    if (stored.equals(events)) {
      return;
    }
    events.stream()
        .filter(event -> !stored.contains(event))
        .forEach(event -> reported.contradicts("lost: " + event + " of " + run));
    stored.stream()
        .filter(refused::contains)
        .forEach(event -> reported.contradicts("refused and stored: " + event + " of " + run));
    if (Set.copyOf(stored).size() != stored.size()) {
      reported.contradicts("repeated: an event of " + run);
    }
    reported.contradicts("the events of %s are %s, not %s".formatted(run, stored, events));
  }
}
