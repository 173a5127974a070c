package io.odin.persistence.cli.demo.engine;

import io.odin.persistence.Persistence;
import io.odin.persistence.cli.demo.concurrent.CompletionTracker;
import io.odin.persistence.cli.demo.concurrent.DelayedQueue;
import io.odin.persistence.cli.demo.concurrent.Notifier;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.run.RunKey;
import java.time.Instant;

/**
 * What the parts of the demo share.
 *
 * @param persistence the stores
 * @param queues the task queues
 * @param shards which shards this process owns
 * @param counters what happened
 * @param commits sends transactions
 * @param completions how many orders have ended
 * @param deadLetters notified when there is a dead letter
 * @param timerChecks when to check for due timers
 * @param delayedActions what customers and hanging workers do later
 */
public record DemoContext(
    Persistence persistence,
    OrderQueues queues,
    ShardDirectory shards,
    Counters counters,
    Commits commits,
    CompletionTracker completions,
    Notifier deadLetters,
    DelayedQueue<TimerCheck> timerChecks,
    DelayedQueue<Runnable> delayedActions) {

  /**
   * When to check whether a timer is due; the timer itself is in the database.
   *
   * @param run whose timer it is
   * @param timerId the timer
   * @param fireAt when it is due
   */
  record TimerCheck(RunKey run, String timerId, Instant fireAt) {}

  /** A context with empty queues and no notification. */
  public static DemoContext of(
      Persistence persistence,
      OrderQueues queues,
      ShardDirectory shards,
      Counters counters,
      CompletionTracker completions) {
    return new DemoContext(
        persistence,
        queues,
        shards,
        counters,
        new Commits(persistence.executions(), shards, counters),
        completions,
        new Notifier(),
        new DelayedQueue<>(),
        new DelayedQueue<>());
  }

  /** The namespace of the demo. */
  public NamespaceId namespace() {
    return queues.workflow().namespace();
  }
}
