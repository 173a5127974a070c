package io.odin.persistence.cli.demo.audit;

import io.odin.persistence.cli.demo.engine.DemoContext;
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
 * Checks everything that the database holds after the traffic. The verdict uses nothing of the
 * engine's memory but the number of effects and signals that the database has acknowledged.
 */
public final class Audit {

  private final DemoContext context;
  private final OrderSchedule schedule;
  private final Findings findings;

  /** An audit that adds to the findings. */
  public Audit(DemoContext context, OrderSchedule schedule, Findings findings) {
    this.context = context;
    this.schedule = schedule;
    this.findings = findings;
  }

  /**
   * Checks everything, orders first: the rest is compared with their numbers.
   *
   * @param placed the orders of customers
   */
  public void check(List<Order> placed, int auditors, TimerService timers)
      throws InterruptedException {
    Stream<Order> scheduled =
        schedule.dueTimes(context.persistence().schedules()).stream()
            .map(dueAt -> schedule.orderOf(dueAt, context.shards()));
    orders(Stream.concat(placed.stream(), scheduled).toList(), auditors);
    new RemainsAudit(context, findings).check(timers);
    new ScheduleAudit(context.persistence(), schedule, findings).check();
    new VisibilityAudit(context.persistence().visibility(), context.namespace(), findings).check();
  }

  private void orders(List<Order> orders, int auditors) throws InterruptedException {
    OrderAudit audit = new OrderAudit(context, findings);
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
