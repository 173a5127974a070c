package io.odin.persistence.cli.demo.engine;

import io.odin.persistence.cli.demo.engine.Counters.Count;
import io.odin.persistence.cli.demo.order.DemoJson;
import io.odin.persistence.task.DeadLetter;
import io.odin.persistence.task.TaskKey;
import io.odin.persistence.task.TaskQueueStore;
import io.odin.persistence.value.PageRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Processes dead letters: redrives those that can succeed now, and records the failure of the
 * others in their runs.
 */
public final class DeadLetterHandler {

  private static final Duration IDLE = Duration.ofMillis(500);

  private final DemoContext context;
  private final OrderEngine engine;
  private final Activities activities;

  /** A handler of the dead letters of activities. */
  public DeadLetterHandler(DemoContext context, OrderEngine engine, Activities activities) {
    this.context = context;
    this.engine = engine;
    this.activities = activities;
  }

  /** One iteration: processes a page of dead letters. */
  public void work() {
    context.deadLetters().await(IDLE);
    TaskQueueStore store = context.persistence().taskQueues();
    List<TaskKey> redriven = new ArrayList<>();
    List<TaskKey> failed = new ArrayList<>();
    for (DeadLetter letter :
        store.deadLetters(context.queues().activity(), PageRequest.first(100)).items()) {
      if (activities.canSucceed(
          letter.run().workflowId(), OrderQueues.read(DemoJson.read(letter.data())))) {
        redriven.add(letter.key());
      } else {
        engine.recordFailure(letter);
        failed.add(letter.key());
      }
    }
    if (!redriven.isEmpty()) {
      store.redrive(redriven);
      redriven.forEach(key -> context.counters().add(Count.DEAD_LETTERS_REDRIVEN));
      context.activityTasks().wakeOne();
    }
    if (!failed.isEmpty()) {
      store.deleteDeadLetters(failed);
    }
  }
}
