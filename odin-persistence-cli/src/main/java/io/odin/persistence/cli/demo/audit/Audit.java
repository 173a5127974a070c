package io.odin.persistence.cli.demo.audit;

import io.odin.persistence.cli.demo.engine.Floor;
import io.odin.persistence.cli.demo.engine.OrderSchedule;
import io.odin.persistence.cli.demo.engine.TimerService;
import io.odin.persistence.cli.demo.order.Order;
import io.odin.persistence.error.PersistenceException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * Goes through all that the database holds after the traffic. Nothing of the engine's memory goes
 * into the verdict but the number of effects and signals that the database has acknowledged.
 */
public final class Audit {

  private final Floor floor;
  private final OrderSchedule schedule;
  private final Findings findings;

  public Audit(Floor floor, OrderSchedule schedule, Findings findings) {
    this.floor = floor;
    this.schedule = schedule;
    this.findings = findings;
  }

  /**
   * Checks everything, orders first: the rest is compared with what they come to.
   *
   * @param placed the orders of customers
   */
  public void check(List<Order> placed, int auditors, TimerService timers)
      throws InterruptedException {
    Stream<Order> scheduled =
        schedule.dueTimes(floor.persistence().schedules()).stream()
            .map(dueAt -> schedule.orderOf(dueAt, floor.shards()));
    orders(Stream.concat(placed.stream(), scheduled).toList(), auditors);
    new RemainsAudit(floor, findings).check(timers);
    new ScheduleAudit(floor.persistence(), schedule, findings).check();
    new VisibilityAudit(floor.persistence().visibility(), floor.namespace(), findings).check();
  }

  private void orders(List<Order> orders, int auditors) throws InterruptedException {
    OrderAudit audit = new OrderAudit(floor, findings);
    try (ExecutorService threads = Executors.newFixedThreadPool(auditors)) {
      List<Future<?>> checks = new ArrayList<>();
      orders.forEach(order -> checks.add(threads.submit(() -> audit.check(order))));
      try {
        for (Future<?> check : checks) {
          check.get();
        }
      } catch (InterruptedException e) {
        threads.shutdownNow();
        throw e;
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof PersistenceException cause) {
        throw cause;
      }
      throw new IllegalStateException("the audit failed", e.getCause());
    }
  }
}
