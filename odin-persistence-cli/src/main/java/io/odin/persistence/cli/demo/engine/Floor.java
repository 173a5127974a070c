package io.odin.persistence.cli.demo.engine;

import io.odin.persistence.Persistence;
import io.odin.persistence.cli.demo.concurrent.Doorbell;
import io.odin.persistence.cli.demo.concurrent.Ends;
import io.odin.persistence.cli.demo.concurrent.Later;
import io.odin.persistence.execution.RunKey;
import io.odin.persistence.namespace.NamespaceId;
import java.time.Instant;

/**
 * What everyone in the demo shares.
 *
 * @param persistence the stores
 * @param queues where tasks go
 * @param shards who owns what
 * @param tally what happened
 * @param commits the way to send transactions
 * @param ends how many orders have ended
 * @param workflowBell rung when a workflow task is enqueued
 * @param activityBell rung when an activity task is enqueued
 * @param deskBell rung when there is a dead letter
 * @param alarms when to look for timers
 * @param errands what someone wants to do later: a customer, a worker that hangs
 */
public record Floor(
    Persistence persistence,
    Queues queues,
    ShardDirectory shards,
    Tally tally,
    Commits commits,
    Ends ends,
    Doorbell workflowBell,
    Doorbell activityBell,
    Doorbell deskBell,
    Later<Alarm> alarms,
    Later<Runnable> errands) {

  /**
   * When to look for a timer; the timer itself is in the database.
   *
   * @param run whose it is
   * @param timerId which one
   * @param fireAt when it is due
   */
  record Alarm(RunKey run, String timerId, Instant fireAt) {}

  public static Floor of(
      Persistence persistence, Queues queues, ShardDirectory shards, Tally tally, Ends ends) {
    return new Floor(
        persistence,
        queues,
        shards,
        tally,
        new Commits(persistence.executions(), shards, tally),
        ends,
        new Doorbell(),
        new Doorbell(),
        new Doorbell(),
        new Later<>(),
        new Later<>());
  }

  /** Where all of it is. */
  public NamespaceId namespace() {
    return queues.workflow().namespace();
  }
}
