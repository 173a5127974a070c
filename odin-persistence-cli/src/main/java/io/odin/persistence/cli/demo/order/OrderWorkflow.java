package io.odin.persistence.cli.demo.order;

import io.odin.persistence.cli.demo.order.Decision.Complete;
import io.odin.persistence.cli.demo.order.Decision.ContinueAsNew;
import io.odin.persistence.cli.demo.order.Decision.Fail;
import io.odin.persistence.cli.demo.order.Decision.ScheduleActivity;
import io.odin.persistence.cli.demo.order.Decision.StartDelivery;
import io.odin.persistence.cli.demo.order.Decision.StartTimer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The workflow of an order: a pure function of its history, so that any worker can continue it at
 * any time.
 */
public final class OrderWorkflow {

  private static final Duration PAYMENT_DEADLINE = Duration.ofHours(1);

  private OrderWorkflow() {}

  /** The next decisions; empty while the order waits for something. */
  public static List<Decision> decide(OrderProgress progress) {
    Order order = progress.input().order();
    if (order.kind() == OrderKind.DELIVERY || !progress.input().isFirstRun()) {
      return deliver(progress);
    }
    List<Decision> reservations = reserve(progress);
    if (!reservations.isEmpty()) {
      return reservations;
    }
    for (int line = 1; line <= order.lines(); line++) {
      if (!progress.isCompleted(Order.reservation(line))) {
        return List.of();
      }
    }
    if (order.kind() == OrderKind.CANCELED) {
      return progress.hasFired(Order.PAYMENT_DEADLINE)
          ? List.of(new Fail("not paid in time"))
          : List.of();
    }
    if (progress.isFailed(Order.CHARGE)) {
      return compensate(progress);
    }
    if (!progress.isCompleted(Order.CHARGE)) {
      return once(progress, Order.CHARGE);
    }
    if (order.kind() == OrderKind.TIMED_DELIVERY && !progress.hasFired(Order.DELIVERY_WINDOW)) {
      return progress.isStarted(Order.DELIVERY_WINDOW)
          ? List.of()
          : List.of(new StartTimer(Order.DELIVERY_WINDOW, deliveryWindow(order)));
    }
    return order.kind() == OrderKind.CHILD_DELIVERY ? awaitDelivery(progress) : deliver(progress);
  }

  private static List<Decision> awaitDelivery(OrderProgress progress) {
    if (progress.children().isEmpty()) {
      return List.of(new StartDelivery());
    }
    return progress.childrenEnded().keySet().containsAll(progress.children().values())
        ? List.of(new Complete())
        : List.of();
  }

  private static List<Decision> reserve(OrderProgress progress) {
    Order order = progress.input().order();
    List<Decision> decisions = new ArrayList<>();
    for (int line = 1; line <= order.lines(); line++) {
      decisions.addAll(once(progress, Order.reservation(line)));
    }
    if (order.kind() == OrderKind.CANCELED && !progress.isStarted(Order.PAYMENT_DEADLINE)) {
      decisions.add(new StartTimer(Order.PAYMENT_DEADLINE, PAYMENT_DEADLINE));
    }
    return decisions;
  }

  private static List<Decision> compensate(OrderProgress progress) {
    return progress.isCompleted(Order.RELEASE_STOCK)
        ? List.of(new Fail("payment failed: " + progress.failure(Order.CHARGE)))
        : once(progress, Order.RELEASE_STOCK);
  }

  private static List<Decision> deliver(OrderProgress progress) {
    Order order = progress.input().order();
    int first = progress.input().nextDelivery();
    int last = Math.min(order.deliveries(), first + Order.DELIVERIES_PER_RUN - 1);
    for (int delivery = first; delivery <= last; delivery++) {
      if (!progress.isCompleted(Order.shipment(delivery))) {
        return once(progress, Order.shipment(delivery));
      }
    }
    return List.of(
        last < order.deliveries()
            ? new ContinueAsNew(new OrderInput(order, last + 1))
            : new Complete());
  }

  private static List<Decision> once(OrderProgress progress, String activity) {
    return progress.isScheduled(activity) ? List.of() : List.of(new ScheduleActivity(activity));
  }

  /** 100 to 900 milliseconds, always the same for an order. */
  private static Duration deliveryWindow(Order order) {
    return Duration.ofMillis(100 + Math.floorMod(order.id().hashCode(), 800));
  }
}
