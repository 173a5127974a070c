package io.odin.persistence.cli.demo.audit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.odin.persistence.cli.demo.engine.Counts;
import io.odin.persistence.cli.demo.order.OrderKind;
import io.odin.persistence.cli.demo.order.Payloads;
import io.odin.persistence.cli.report.Table;
import io.odin.persistence.execution.WorkflowState;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

/** What the audit has seen, and what was wrong with it. Thread-safe. */
public final class Findings {

  private static final int MOST_TOLD = 20;

  private final Counts<Kind> counts = new Counts<>();
  private final Queue<String> texts = new ConcurrentLinkedQueue<>();
  private final Counts<OrderKind> orders = new Counts<>();
  private final Counts<End> ends = new Counts<>();
  private final Counts<WorkflowState> runs = new Counts<>();
  private final Counts<Seen> seen = new Counts<>();

  /** Nothing was seen yet. */
  public Findings() {}

  private record End(OrderKind kind, WorkflowState state) {}

  /** What is counted besides orders and runs. */
  public enum Seen {
    EVENTS("events"),
    EFFECTS("effects"),
    SIGNALS("signals"),
    SIGNALED_RUNS("signaledRuns"),
    DUE_TIMES("dueTimes"),
    ARCHIVED_RUNS("archivedRuns");

    private final String name;

    Seen(String name) {
      this.name = name;
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /** What can be wrong. */
  public enum Kind {
    /** Something that had to happen did not. */
    LOST,
    /** Something happened more often than it should. */
    TWICE,
    /** The database contradicts itself. */
    FAULT
  }

  public void add(Kind kind, String text) {
    counts.add(kind);
    texts.add(kind.name().toLowerCase(Locale.ROOT) + ": " + text);
  }

  void order(OrderKind kind) {
    orders.add(kind);
  }

  void end(OrderKind kind, WorkflowState state) {
    ends.add(new End(kind, state));
  }

  void run(WorkflowState state) {
    runs.add(state);
  }

  /** How many runs are in a state. */
  long runs(WorkflowState state) {
    return runs.of(state);
  }

  public void saw(Seen what, long howMany) {
    seen.add(what, howMany);
  }

  long seen(Seen what) {
    return seen.of(what);
  }

  /** How many of a kind there are. */
  public long count(Kind kind) {
    return counts.of(kind);
  }

  /** Whether nothing at all was wrong. */
  public boolean isClean() {
    return counts.total() == 0;
  }

  /** The first of what was wrong, in words. */
  public List<String> texts() {
    return texts.stream().limit(MOST_TOLD).toList();
  }

  /** One line: what was compared, and what came of it. */
  public String verdict() {
    return "lost: %d, done twice: %d".formatted(count(Kind.LOST), count(Kind.TWICE))
        + (count(Kind.FAULT) == 0 ? "" : ", faults: " + count(Kind.FAULT));
  }

  /** What was compared. */
  public String scope() {
    return "%d orders, %d runs, %d events, %d effects, %d signals, %d due times, %d archived runs"
        .formatted(
            orders.total(),
            runs.total(),
            seen(Seen.EVENTS),
            seen(Seen.EFFECTS),
            seen(Seen.SIGNALS),
            seen(Seen.DUE_TIMES),
            seen(Seen.ARCHIVED_RUNS));
  }

  public Table toTable() {
    Table.Builder table = Table.builder("Orders", "kind", "orders", "wanted_end", "ends");
    for (OrderKind kind : OrderKind.values()) {
      table
          .cell(kind.name().toLowerCase(Locale.ROOT).replace('_', ' '))
          .cell(orders.of(kind))
          .cell(kind.end().value())
          .cell(ends(kind));
    }
    return table.build();
  }

  private String ends(OrderKind kind) {
    return Arrays.stream(WorkflowState.values())
        .map(state -> new End(kind, state))
        .filter(end -> ends.of(end) > 0)
        .map(end -> ends.of(end) + " " + end.state().value())
        .collect(Collectors.joining(", "));
  }

  public ObjectNode toJson() {
    ObjectNode json =
        Payloads.object()
            .put("orders", orders.total())
            .put("runs", runs.total())
            .put("lost", count(Kind.LOST))
            .put("doneTwice", count(Kind.TWICE))
            .put("faults", count(Kind.FAULT));
    for (Seen what : Seen.values()) {
      json.put(what.name, seen(what));
    }
    ArrayNode findings = json.putArray("findings");
    texts().forEach(findings::add);
    return json;
  }
}
