package io.odin.persistence.cli.demo.audit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.odin.persistence.cli.demo.order.DemoJson;
import io.odin.persistence.cli.demo.order.OrderKind;
import io.odin.persistence.cli.report.KeyedCounts;
import io.odin.persistence.cli.report.Table;
import io.odin.persistence.run.WorkflowState;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

/** What the audit has checked, and what was wrong with it. Thread-safe. */
public final class Findings {

  private static final int MAX_TEXTS = 20;

  private final KeyedCounts<Kind> counts = new KeyedCounts<>();
  private final Queue<String> texts = new ConcurrentLinkedQueue<>();
  private final KeyedCounts<OrderKind> orders = new KeyedCounts<>();
  private final KeyedCounts<End> ends = new KeyedCounts<>();
  private final KeyedCounts<WorkflowState> runs = new KeyedCounts<>();
  private final KeyedCounts<Checked> checked = new KeyedCounts<>();

  /** Findings of an audit that has not begun. */
  public Findings() {}

  private record End(OrderKind kind, WorkflowState state) {}

  /** What is counted in addition to orders and runs. */
  public enum Checked {
    EVENTS("events"),
    EFFECTS("effects"),
    SIGNALS("signals"),
    SIGNALED_RUNS("signaledRuns"),
    SIGNALS_HANDED_ON("signalsHandedOn"),
    SIGNALS_REAPPLIED("signalsReapplied"),
    CHILDREN("children"),
    RESETS("resets"),
    DUE_TIMES("dueTimes"),
    ARCHIVED_RUNS("archivedRuns");

    private final String name;

    Checked(String name) {
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

  /** Adds a fault. */
  public void add(Kind kind, String text) {
    counts.add(kind);
    texts.add(kind.name().toLowerCase(Locale.ROOT) + ": " + text);
  }

  /** Adds a fault for each time that something is missing, or is there once more. */
  void exactly(long wanted, long actual, String what) {
    for (long i = actual; i < wanted; i++) {
      add(Kind.LOST, what + " is missing");
    }
    for (long i = wanted; i < actual; i++) {
      add(Kind.TWICE, what + " is there once more");
    }
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

  /** Adds to the number of what was checked. */
  public void checked(Checked what, long howMany) {
    checked.add(what, howMany);
  }

  long checked(Checked what) {
    return checked.of(what);
  }

  /** How many of a kind there are. */
  public long count(Kind kind) {
    return counts.of(kind);
  }

  /** Whether nothing was wrong. */
  public boolean isClean() {
    return counts.total() == 0;
  }

  /** The first 20 faults, in words. */
  public List<String> texts() {
    return texts.stream().limit(MAX_TEXTS).toList();
  }

  /** The result in one line. */
  public String verdict() {
    return "lost: %d, done twice: %d".formatted(count(Kind.LOST), count(Kind.TWICE))
        + (count(Kind.FAULT) == 0 ? "" : ", faults: " + count(Kind.FAULT));
  }

  /** How many orders there are; deliveries that are workflows of their own are none. */
  private long orders() {
    return orders.total() - orders.of(OrderKind.DELIVERY);
  }

  /** What was compared. */
  public String scope() {
    return """
    %d orders, %d children, %d resets, %d runs, %d events, %d effects, %d signals, \
    %d due times, %d archived runs\
    """
        .formatted(
            orders(),
            checked(Checked.CHILDREN),
            checked(Checked.RESETS),
            runs.total(),
            checked(Checked.EVENTS),
            checked(Checked.EFFECTS),
            checked(Checked.SIGNALS),
            checked(Checked.DUE_TIMES),
            checked(Checked.ARCHIVED_RUNS));
  }

  /** The orders by kind, with the states in which they ended. */
  public Table toTable() {
    Table.Builder table =
        Table.builder("Orders and their children", "kind", "orders", "wanted_end", "ends");
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

  /** The numbers and the first faults. */
  public ObjectNode toJson() {
    ObjectNode json =
        DemoJson.object()
            .put("orders", orders())
            .put("runs", runs.total())
            .put("lost", count(Kind.LOST))
            .put("doneTwice", count(Kind.TWICE))
            .put("faults", count(Kind.FAULT));
    for (Checked what : Checked.values()) {
      json.put(what.name, checked(what));
    }
    ArrayNode findings = json.putArray("findings");
    texts().forEach(findings::add);
    return json;
  }
}
