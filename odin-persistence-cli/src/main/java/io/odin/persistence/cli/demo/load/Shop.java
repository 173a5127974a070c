package io.odin.persistence.cli.demo.load;

import io.odin.persistence.cli.demo.engine.Queues.ActivityTask;
import io.odin.persistence.cli.demo.engine.Tally;
import io.odin.persistence.cli.demo.engine.Tally.Count;
import io.odin.persistence.cli.demo.order.Order;
import io.odin.persistence.cli.demo.order.OrderKind;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The world outside: warehouse, bank and carrier, with their moods. Thread-safe. */
public final class Shop {

  private static final int ATTEMPTS_REFUSED = 2;

  private final Tally tally;
  private final Set<String> newCards = ConcurrentHashMap.newKeySet();

  Shop(Tally tally) {
    this.tally = tally;
  }

  /** How an attempt at an activity goes. */
  public sealed interface Outcome {

    /** The effect is there. */
    record Done() implements Outcome {}

    /** The effect is there, but it takes so long that the worker has to send a heartbeat. */
    record DoneSlowly() implements Outcome {}

    /** The effect is there, but the worker hangs before it can say so. */
    record DoneAndHung() implements Outcome {}

    /** There is no effect. */
    record Refused(String reason) implements Outcome {}
  }

  /** Does what the task says. */
  public Outcome perform(String orderId, ActivityTask task, int attempt) {
    if (task.activity().equals(Order.CHARGE)) {
      switch (task.kind()) {
        case FLAKY_PAYMENT -> {
          if (attempt <= ATTEMPTS_REFUSED) {
            return new Outcome.Refused("the bank does not answer");
          }
        }
        case DECLINED -> {
          return new Outcome.Refused("the card is not accepted");
        }
        case NEW_CARD -> {
          if (!newCards.contains(orderId)) {
            return new Outcome.Refused("the card has expired");
          }
        }
        default -> {
          // The card is good.
        }
      }
    }
    tally.add(Count.ACTIVITIES_PERFORMED);
    if (!task.activity().equals(Order.shipment(1))) {
      return new Outcome.Done();
    }
    return switch (task.kind()) {
      case HANGING_WORKER -> attempt == 1 ? new Outcome.DoneAndHung() : new Outcome.Done();
      case STANDING -> new Outcome.DoneSlowly();
      default -> new Outcome.Done();
    };
  }

  /** Asks the customer for another card: whether there is one now, and was none before. */
  public boolean hasNewCard(String orderId, ActivityTask task) {
    return task.kind() == OrderKind.NEW_CARD && newCards.add(orderId);
  }
}
