package io.odin.persistence.sql.wakeup;

import io.odin.persistence.PersistenceConfig;
import io.odin.persistence.TaskWakeUps;
import io.odin.persistence.error.OutcomeUnknownException;
import io.odin.persistence.health.HealthReport.Finding;
import io.odin.persistence.sql.database.Database;
import io.odin.persistence.sql.database.Dialect;
import io.odin.persistence.sql.database.MessageChannel;
import io.odin.persistence.task.TaskQueue;
import io.odin.persistence.task.TaskSubscription;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Wakes those that wait for tasks, after the writes that add them. Thread-safe. */
public final class WakeUps implements AutoCloseable {

  private final Subscriptions subscriptions;
  // Both are there if processes wake each other.
  private final Optional<Outbox> outbox;
  private final Optional<Listener> listener;

  /**
   * Begins to listen to other processes, in the background, if the configuration says so.
   *
   * @param dialect which has messages then
   */
  public WakeUps(PersistenceConfig config, Dialect dialect, Database database) {
    if (config.taskWakeUps() == TaskWakeUps.WITHIN_PERSISTENCE) {
      subscriptions = new Subscriptions((queue, tasks) -> {});
      outbox = Optional.empty();
      listener = Optional.empty();
      return;
    }
    MessageChannel channel = dialect.messages().orElseThrow();
    Outbox out = new Outbox(database, channel, config.connectionTimeout());
    subscriptions = new Subscriptions(out::add);
    outbox = Optional.of(out);
    listener = Optional.of(new Listener(config, dialect, channel, out, subscriptions));
  }

  /** A subscription to these queues. */
  public TaskSubscription subscribe(List<TaskQueue> queues) {
    return subscriptions.add(queues.stream().map(QueueHash::of).collect(Collectors.toSet()));
  }

  /**
   * Runs a write, and wakes for what it may have added; also if its outcome is unknown.
   *
   * @param queues of the tasks, one for each task
   */
  public <T> T after(Collection<TaskQueue> queues, Supplier<T> write) {
    T result;
    try {
      result = write.get();
    } catch (OutcomeUnknownException e) {
      wake(queues);
      throw e;
    }
    wake(queues);
    return result;
  }

  private void wake(Collection<TaskQueue> queues) {
    if (queues.isEmpty()) {
      return;
    }
    Map<Long, Integer> tasks = new HashMap<>();
    queues.forEach(queue -> tasks.merge(QueueHash.of(queue), 1, Integer::sum));
    tasks.forEach(subscriptions::added);
  }

  /** What the health check says; nothing if only this process wakes. */
  public List<Finding> findings() {
    return listener.map(Listener::finding).stream().toList();
  }

  /** Ends all waits, stops listening, and sends what other processes do not know yet. */
  @Override
  public void close() {
    subscriptions.close();
    listener.ifPresent(Listener::close);
    outbox.ifPresent(Outbox::close);
  }
}
