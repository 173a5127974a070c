package io.odin.persistence.cli.demo.engine;

import io.odin.persistence.cli.report.Table;

/** Counts what happened, in this process's memory: the audit compares it with the database. */
public final class Tally {

  private final Counts<Count> counts = new Counts<>();

  /** What is counted, in the order of the report. */
  public enum Count {
    ORDERS_STARTED("orders started"),
    ORDERS_SCHEDULED("orders started by the schedule"),
    ORDERS_COMPLETED("orders completed"),
    ORDERS_FAILED("orders failed: the payment was declined for good"),
    ORDERS_TERMINATED("orders terminated from outside"),
    STARTS_REPEATED("starts sent again, answered with the order that was there"),
    WORKFLOW_TASKS("workflow tasks decided"),
    ACTIVITIES_PERFORMED("activities performed by workers (at least once each)"),
    ACTIVITIES_RECORDED("activity effects recorded by a commit (exactly once each)"),
    HEARTBEATS("heartbeats"),
    ATTEMPTS_FAILED("failed attempts, retried"),
    DEAD_LETTERS("activities that became dead letters"),
    DEAD_LETTERS_REDRIVEN("dead letters redriven"),
    LATE_WORKERS_REFUSED("late commits of workers that had lost their lease, refused"),
    TIMERS_FIRED("timers fired"),
    SIGNALS_SENT("signals sent: customers in a hurry"),
    SIGNALS_RECEIVED("signals received by their orders"),
    SIGNALS_REPEATED("signals sent again, received once"),
    SIGNALS_REFUSED("signals refused: the order had ended"),
    CONTINUED_AS_NEW("runs continued as new"),
    TASKS_OF_CLOSED_RUNS("tasks dropped because their run had closed"),
    RUNS_ARCHIVED("runs of last year archived and deleted by retention"),
    COMMITS_REPEATED("commits sent twice, applied once"),
    COMMITS_RELOADED("commits that lost a race, decided again"),
    COMMITS_FENCED("commits refused by the fence while a shard changed hands"),
    SHARDS_HANDED_OVER("shards handed over under load");

    private final String text;

    Count(String text) {
      this.text = text;
    }
  }

  public void add(Count count) {
    counts.add(count);
  }

  public long of(Count count) {
    return counts.of(count);
  }

  public Table toTable() {
    Table.Builder table = Table.builder("What happened", "what", "count");
    for (Count count : Count.values()) {
      table.cell(count.text).cell(of(count));
    }
    return table.build();
  }
}
