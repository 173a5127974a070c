package io.odin.persistence.cli.demo.load;

import io.odin.persistence.cli.demo.concurrent.WorkerPool;
import io.odin.persistence.cli.demo.engine.DemoContext;
import io.odin.persistence.cli.demo.engine.Expediting;
import io.odin.persistence.cli.demo.engine.OrderEngine;
import io.odin.persistence.cli.demo.engine.Starts;
import io.odin.persistence.cli.demo.order.Order;
import io.odin.persistence.cli.demo.order.OrderKind;
import java.time.Duration;
import java.util.List;

/**
 * Customers who place orders: some place an order twice, some ask for it to be expedited, at once
 * or later, and some terminate it later.
 */
final class Customers {

  private static final Duration IDLE = Duration.ofMillis(100);
  private static final Duration REFUSED_FROM = Duration.ofMillis(200);
  private static final int TWICE_EVERY = 10;
  private static final int EXPEDITE_EVERY = 4;
  private static final int EXPEDITE_AT_ONCE_EVERY = 8;

  private final DemoContext context;
  private final Starts starts;
  private final OrderEngine engine;
  private final Expediting expediting;
  private final WorkerPool pool;
  private final List<Order> orders;
  private int next;
  private boolean hasPermit;

  Customers(DemoContext context, OrderEngine engine, WorkerPool pool, List<Order> orders) {
    this.context = context;
    starts = new Starts(context);
    this.engine = engine;
    expediting = new Expediting(context, engine);
    this.pool = pool;
    this.orders = orders;
  }

  /** One iteration, by one thread only: places the next order, if not too many are open. */
  void work() {
    if (next == orders.size()) {
      pool.await(IDLE);
      return;
    }
    hasPermit = hasPermit || context.completions().tryOpen(IDLE);
    if (!hasPermit) {
      return;
    }
    Order order = orders.get(next);
    if (next % EXPEDITE_AT_ONCE_EVERY == 2) {
      expediting.startExpedited(order);
    } else {
      starts.start(order);
    }
    hasPermit = false;
    next++;
    if (order.kind() == OrderKind.PLAIN && next % TWICE_EVERY == 1) {
      starts.start(order);
    }
    if (order.kind() == OrderKind.CANCELED) {
      context.delayedActions().add(() -> engine.terminate(order), delayOf(order));
    }
    if (order.kind() == OrderKind.RESET) {
      expediteBeforeReset(order);
    } else if (next % EXPEDITE_EVERY == 1) {
      context.delayedActions().add(() -> expediting.expedite(order), delayOf(order));
    }
    if (next % (TWICE_EVERY * EXPEDITE_AT_ONCE_EVERY) == 3) {
      expediting.startExpedited(order);
    }
    if (next % (TWICE_EVERY * EXPEDITE_EVERY) == 1) {
      context.delayedActions().add(() -> expediting.expedite(order), delayOf(order));
    }
  }

  /**
   * Sends the signal while the charge is being refused, most often: the run consumes it at once,
   * and the reset applies it again, or it is pending, and the reset hands it on.
   */
  private void expediteBeforeReset(Order order) {
    Duration delay = REFUSED_FROM.plus(delayOf(order).dividedBy(4));
    if (Math.floorMod(order.id().hashCode(), 2) == 0) {
      context.delayedActions().add(() -> expediting.expedite(order), delay);
    } else {
      context.delayedActions().add(() -> expediting.send(order), delay);
    }
  }

  /** Up to half a second, always the same for an order. */
  private static Duration delayOf(Order order) {
    return Duration.ofMillis(Math.floorMod(order.id().hashCode(), 500));
  }
}
