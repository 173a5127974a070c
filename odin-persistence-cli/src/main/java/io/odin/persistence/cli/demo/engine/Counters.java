package io.odin.persistence.cli.demo.engine;

import io.odin.persistence.cli.report.KeyedCounts;
import io.odin.persistence.cli.report.Table;

/** Counts what happened, in memory; the audit compares it with the database. Thread-safe. */
public final class Counters {

  private final KeyedCounts<Count> counts = new KeyedCounts<>();

  /** What is counted, in the order of the report. */
  public enum Count {
    ORDERS_STARTED("orders started"),
    ORDERS_SCHEDULED("orders started by the schedule"),
    ORDERS_COMPLETED("orders completed"),
    ORDERS_FAILED("orders failed: the payment was declined for good"),
    ORDERS_TERMINATED("orders terminated from outside"),
    DELIVERIES_STARTED("deliveries started, workflows of their own in other shards"),
    DELIVERIES_COMPLETED("deliveries completed"),
    MESSAGES_REPEATED("messages between workflows delivered again, without a second effect"),
    ORDERS_RESET("orders reset to an earlier event"),
    STARTS_REPEATED("starts sent again, which found the order that existed"),
    WORKFLOW_TASKS("workflow tasks decided"),
    ACTIVITIES_PERFORMED("activities performed by workers (at least once each)"),
    ACTIVITIES_RECORDED("activity effects recorded by a commit (exactly once each)"),
    HEARTBEATS("heartbeats"),
    ATTEMPTS_FAILED("failed attempts, retried"),
    DEAD_LETTERS("activities that became dead letters"),
    DEAD_LETTERS_REDRIVEN("dead letters redriven"),
    LATE_WORKERS_REFUSED("late commits of workers whose lease was lost, refused"),
    TIMERS_FIRED("timers fired"),
    SIGNALS_SENT("signals sent: orders expedited by customers"),
    SIGNALS_RECEIVED("signals received by their orders"),
    STARTS_WITH_SIGNAL("orders that began with their signal, in the commit that started them"),
    SIGNALS_REPEATED("signals sent again, received once"),
    SIGNALS_REFUSED("signals refused: the order had ended"),
    CONTINUED_AS_NEW("runs continued as new"),
    TASKS_OF_CLOSED_RUNS("tasks dropped because their run had closed"),
    RUNS_ARCHIVED("runs of last year archived and deleted by retention"),
    COMMITS_REPEATED("commits sent twice, applied once"),
    COMMITS_RELOADED("commits that met a conflict, decided again"),
    COMMITS_FENCED("commits refused by the fence while a shard was handed over"),
    SHARDS_HANDED_OVER("shards handed over under load");

    private final String text;

    Count(String text) {
      this.text = text;
    }
  }

  /** Adds one. */
  public void add(Count count) {
    counts.add(count);
  }

  /** The current count. */
  public long of(Count count) {
    return counts.of(count);
  }

  /** All counts. */
  public Table toTable() {
    Table.Builder table = Table.builder("What happened", "what", "count");
    for (Count count : Count.values()) {
      table.cell(count.text).cell(of(count));
    }
    return table.build();
  }
}
