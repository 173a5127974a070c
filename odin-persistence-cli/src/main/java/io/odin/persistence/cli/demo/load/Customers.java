package io.odin.persistence.cli.demo.load;

import io.odin.persistence.cli.demo.concurrent.Crew;
import io.odin.persistence.cli.demo.engine.Engine;
import io.odin.persistence.cli.demo.engine.Expediting;
import io.odin.persistence.cli.demo.engine.Floor;
import io.odin.persistence.cli.demo.engine.Starts;
import io.odin.persistence.cli.demo.order.Order;
import io.odin.persistence.cli.demo.order.OrderKind;
import java.time.Duration;
import java.util.List;

/**
 * Place orders; some press the button twice, some are in a hurry and say so, and some terminate
 * their order later.
 */
final class Customers {

  private static final Duration IDLE = Duration.ofMillis(100);
  private static final int TWICE_EVERY = 10;
  private static final int HURRY_EVERY = 4;

  private final Floor floor;
  private final Starts starts;
  private final Engine engine;
  private final Expediting expediting;
  private final Crew crew;
  private final List<Order> orders;
  private int next;
  private boolean hasPlace;

  Customers(Floor floor, Engine engine, Crew crew, List<Order> orders) {
    this.floor = floor;
    starts = new Starts(floor);
    this.engine = engine;
    expediting = new Expediting(floor, engine);
    this.crew = crew;
    this.orders = orders;
  }

  /** One shift, by one thread only: places the next order, if not too many are under way. */
  void work() {
    if (next == orders.size()) {
      crew.await(IDLE);
      return;
    }
    hasPlace = hasPlace || floor.ends().tryTakePlace(IDLE);
    if (!hasPlace) {
      return;
    }
    Order order = orders.get(next);
    starts.start(order);
    hasPlace = false;
    next++;
    if (order.kind() == OrderKind.PLAIN && next % TWICE_EVERY == 1) {
      starts.start(order);
    }
    if (order.kind() == OrderKind.CANCELED) {
      floor.errands().after(someTime(order), () -> engine.terminate(order));
    }
    if (next % HURRY_EVERY == 1) {
      floor.errands().after(someTime(order), () -> expediting.expedite(order));
    }
    if (next % (TWICE_EVERY * HURRY_EVERY) == 1) {
      floor.errands().after(someTime(order), () -> expediting.expedite(order));
    }
  }

  /** Up to half a second, the same for an order at any time. */
  private static Duration someTime(Order order) {
    return Duration.ofMillis(Math.floorMod(order.id().hashCode(), 500));
  }
}
