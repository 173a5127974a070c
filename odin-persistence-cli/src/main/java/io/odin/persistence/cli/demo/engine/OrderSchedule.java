package io.odin.persistence.cli.demo.engine;

import io.odin.persistence.cli.demo.order.DemoJson;
import io.odin.persistence.cli.demo.order.Order;
import io.odin.persistence.cli.demo.order.OrderInput;
import io.odin.persistence.cli.demo.order.OrderKind;
import io.odin.persistence.schedule.NewSchedule;
import io.odin.persistence.schedule.OverlapPolicy;
import io.odin.persistence.schedule.Schedule;
import io.odin.persistence.schedule.ScheduleDefinition;
import io.odin.persistence.schedule.ScheduleKey;
import io.odin.persistence.schedule.ScheduleSpec;
import io.odin.persistence.schedule.ScheduleStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The schedule of the demo: one order each second, for a while.
 *
 * @param stored as it is in the database
 */
public record OrderSchedule(Schedule stored) {

  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final Duration LEAD = Duration.ofSeconds(2);
  private static final Order TEMPLATE = new Order("scheduled", OrderKind.SCHEDULED, 2, 1);

  /** Creates a schedule whose first due time is two seconds from now, by the database's clock. */
  public static OrderSchedule create(DemoContext context, int dueTimes) {
    ScheduleStore store = context.persistence().schedules();
    ScheduleKey key = ScheduleKey.create(context.namespace());
    Instant created =
        store.create(NewSchedule.of(key, "an-order-each-second", definition().build())).createdAt();
    Instant first = created.plus(LEAD);
    Instant last = first.plus(INTERVAL.multipliedBy(dueTimes - 1L));
    return new OrderSchedule(
        store.update(key, definition().startAt(first).endAt(last.plusMillis(1)).build(), 1));
  }

  private static ScheduleDefinition.Builder definition() {
    return ScheduleDefinition.builder(
            ScheduleSpec.interval(INTERVAL), TEMPLATE.kind().workflowType(), OrderQueues.NAME)
        .input(DemoJson.write(OrderInput.first(TEMPLATE).toJson()))
        .overlapPolicy(OverlapPolicy.ALLOW_ALL);
  }

  /** The key of the schedule. */
  public ScheduleKey key() {
    return stored.key();
  }

  /** All due times, in order. */
  public List<Instant> dueTimes(ScheduleStore store) {
    return store.dueTimes(stored.definition(), stored.createdAt(), 1000);
  }

  /** The order of a due time: the same for every call. */
  public Order orderOf(Instant dueAt, ShardDirectory shards) {
    Order template =
        stored
            .definition()
            .input()
            .map(input -> OrderInput.of(DemoJson.read(input)).order())
            .orElseThrow();
    String id = shards.idHere(template.id() + "-" + dueAt.getEpochSecond());
    return new Order(id, template.kind(), template.lines(), template.deliveries());
  }
}
