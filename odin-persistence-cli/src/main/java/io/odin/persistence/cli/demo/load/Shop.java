package io.odin.persistence.cli.demo.load;

import io.odin.persistence.cli.demo.engine.Activities;
import io.odin.persistence.cli.demo.engine.Counters;
import io.odin.persistence.cli.demo.engine.Counters.Count;
import io.odin.persistence.cli.demo.engine.OrderQueues.ActivityTask;
import io.odin.persistence.cli.demo.order.Order;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The activities of an order, with warehouse, bank and carrier as they may behave. Thread-safe. */
final class Shop implements Activities {

  private static final int ATTEMPTS_REFUSED = 2;

  private final Counters counters;
  private final Set<String> correctedAccounts = ConcurrentHashMap.newKeySet();
  private final Set<String> newCards = ConcurrentHashMap.newKeySet();

  Shop(Counters counters) {
    this.counters = counters;
  }

  @Override
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
        case RESET -> {
          if (!correctedAccounts.contains(orderId)) {
            return new Outcome.Refused("the account of the shop is not known");
          }
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
    counters.add(Count.ACTIVITIES_PERFORMED);
    if (!task.activity().equals(Order.shipment(1))) {
      return new Outcome.Done();
    }
    return switch (task.kind()) {
      case HANGING_WORKER -> attempt == 1 ? new Outcome.DoneAndHung() : new Outcome.Done();
      case RECURRING -> new Outcome.DoneSlowly();
      default -> new Outcome.Done();
    };
  }

  /** The customer has another card since the last call, or an operator corrects the account. */
  @Override
  public Remedy remedy(String orderId, ActivityTask task) {
    return switch (task.kind()) {
      case NEW_CARD -> newCards.add(orderId) ? Remedy.REDRIVE : Remedy.NONE;
      case RESET -> {
        correctedAccounts.add(orderId);
        yield Remedy.RESET;
      }
      default -> Remedy.NONE;
    };
  }
}
