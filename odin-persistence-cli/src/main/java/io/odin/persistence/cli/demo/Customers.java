package io.odin.persistence.cli.demo;

import java.time.Duration;
import java.util.List;

/** Place orders; some press the button twice, and some terminate their order later. */
final class Customers {

  private static final Duration IDLE = Duration.ofMillis(100);
  private static final int TWICE_EVERY = 10;

  private final Floor floor;
  private final Engine engine;
  private final Crew crew;
  private final List<Order> orders;
  private int next;
  private boolean hasPlace;

  Customers(Floor floor, Engine engine, Crew crew, List<Order> orders) {
    this.floor = floor;
    this.engine = engine;
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
    engine.start(order);
    hasPlace = false;
    next++;
    if (order.kind() == OrderKind.PLAIN && next % TWICE_EVERY == 1) {
      engine.start(order);
    }
    if (order.kind() == OrderKind.CANCELED) {
      Duration delay = Duration.ofMillis(Math.floorMod(order.id().hashCode(), 500));
      floor.errands().after(delay, () -> engine.terminate(order));
    }
  }
}
