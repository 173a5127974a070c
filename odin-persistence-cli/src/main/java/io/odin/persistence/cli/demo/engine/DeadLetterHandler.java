package io.odin.persistence.cli.demo.engine;

import io.odin.persistence.cli.demo.engine.Counters.Count;
import io.odin.persistence.cli.demo.engine.OrderQueues.ActivityTask;
import io.odin.persistence.cli.demo.order.DemoJson;
import io.odin.persistence.task.DeadLetter;
import io.odin.persistence.task.TaskKey;
import io.odin.persistence.task.TaskQueueStore;
import io.odin.persistence.value.PageRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Processes dead letters: redrives those that can succeed now, resets orders as an operator does,
 * and records the failure of the others in their runs.
 */
public final class DeadLetterHandler {

  private static final Duration IDLE = Duration.ofMillis(500);

  private final DemoContext context;
  private final OrderEngine engine;
  private final Resets resets;
  private final Activities activities;

  /** A handler of the dead letters of activities. */
  public DeadLetterHandler(DemoContext context, OrderEngine engine, Activities activities) {
    this.context = context;
    this.engine = engine;
    resets = new Resets(context);
    this.activities = activities;
  }

  /** One iteration: processes a page of dead letters. */
  public void work() {
    context.deadLetters().await(IDLE);
    TaskQueueStore store = context.persistence().taskQueues();
    List<TaskKey> redriven = new ArrayList<>();
    List<TaskKey> handled = new ArrayList<>();
    for (DeadLetter letter :
        store.deadLetters(context.queues().activity(), PageRequest.first(100)).items()) {
      ActivityTask task = OrderQueues.read(DemoJson.read(letter.data()));
      switch (activities.remedy(letter.run().workflowId(), task)) {
        case REDRIVE -> redriven.add(letter.key());
        case RESET -> {
          resets.resetBefore(task.activity(), letter.run());
          handled.add(letter.key());
        }
        case NONE -> {
          engine.recordFailure(letter);
          handled.add(letter.key());
        }
      }
    }
    if (!redriven.isEmpty()) {
      store.redrive(redriven);
      redriven.forEach(key -> context.counters().add(Count.DEAD_LETTERS_REDRIVEN));
    }
    if (!handled.isEmpty()) {
      store.deleteDeadLetters(handled);
    }
  }
}
