package io.odin.persistence.cli.demo.engine;

import io.odin.persistence.PageRequest;
import io.odin.persistence.cli.demo.engine.Tally.Count;
import io.odin.persistence.cli.demo.load.Shop;
import io.odin.persistence.cli.demo.order.Payloads;
import io.odin.persistence.task.DeadLetter;
import io.odin.persistence.task.TaskKey;
import io.odin.persistence.task.TaskQueueStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks after dead letters: those that can succeed now are redriven, of the others the workflow
 * learns that its activity has failed.
 */
public final class DeadLetterDesk {

  private static final Duration IDLE = Duration.ofMillis(500);

  private final Floor floor;
  private final Engine engine;
  private final Shop shop;

  public DeadLetterDesk(Floor floor, Engine engine, Shop shop) {
    this.floor = floor;
    this.engine = engine;
    this.shop = shop;
  }

  /** One shift: goes through the letters that are there. */
  public void work() {
    floor.deskBell().await(IDLE);
    TaskQueueStore store = floor.persistence().taskQueues();
    List<TaskKey> hopeful = new ArrayList<>();
    List<TaskKey> settled = new ArrayList<>();
    for (DeadLetter letter :
        store.deadLetters(floor.queues().activity(), PageRequest.first(100)).items()) {
      if (shop.hasNewCard(letter.run().workflowId(), Queues.read(Payloads.read(letter.data())))) {
        hopeful.add(letter.key());
      } else {
        engine.recordFailure(letter);
        settled.add(letter.key());
      }
    }
    if (!hopeful.isEmpty()) {
      store.redrive(hopeful);
      hopeful.forEach(key -> floor.tally().add(Count.DEAD_LETTERS_REDRIVEN));
      floor.activityBell().ring();
    }
    if (!settled.isEmpty()) {
      store.deleteDeadLetters(settled);
    }
  }
}
