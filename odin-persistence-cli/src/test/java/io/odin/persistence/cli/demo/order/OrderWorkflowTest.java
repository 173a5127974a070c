package io.odin.persistence.cli.demo.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.odin.persistence.cli.demo.order.Decision.Complete;
import io.odin.persistence.cli.demo.order.Decision.ContinueAsNew;
import io.odin.persistence.cli.demo.order.Decision.Fail;
import io.odin.persistence.cli.demo.order.Decision.ScheduleActivity;
import io.odin.persistence.cli.demo.order.Decision.StartDelivery;
import io.odin.persistence.cli.demo.order.Decision.StartTimer;
import io.odin.persistence.history.HistoryEvent;
import io.odin.persistence.run.BaseRun;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OrderWorkflowTest {

  private static final UUID BASE = UUID.fromString("00000000-0000-7000-8000-000000000001");

  @Test
  void reservesEveryLineAtOnce() {
    assertThat(decide(order(OrderKind.PLAIN)))
        .containsExactly(new ScheduleActivity("reserve-1"), new ScheduleActivity("reserve-2"));
  }

  @Test
  void waitsForAllReservations() {
    assertThat(
            decide(
                order(OrderKind.PLAIN),
                scheduled("reserve-1"),
                scheduled("reserve-2"),
                completed("reserve-2")))
        .isEmpty();
  }

  @Test
  void chargesOnce() {
    History history = reserved(OrderKind.PLAIN);

    assertThat(history.decide()).containsExactly(new ScheduleActivity("charge"));
    assertThat(history.add(scheduled("charge")).decide()).isEmpty();
  }

  @Test
  void completesAfterShipment() {
    assertThat(charged(OrderKind.PLAIN).decide()).containsExactly(new ScheduleActivity("ship-1"));
    assertThat(charged(OrderKind.PLAIN).done("ship-1").decide()).containsExactly(new Complete());
  }

  @Test
  void shipsOnlyAfterTheTimer() {
    History history = charged(OrderKind.TIMED_DELIVERY);

    assertThat(history.decide()).singleElement().isInstanceOf(StartTimer.class);
    history.add(event(OrderEvent.TIMER_STARTED, "timer", "delivery-window"));
    assertThat(history.decide()).isEmpty();
    history.add(event(OrderEvent.TIMER_FIRED, "timer", "delivery-window"));
    assertThat(history.decide()).containsExactly(new ScheduleActivity("ship-1"));
  }

  @Test
  void releasesTheStockBeforeItFails() {
    History history = reserved(OrderKind.DECLINED).add(scheduled("charge")).add(failed("charge"));

    assertThat(history.decide()).containsExactly(new ScheduleActivity("release-stock"));
    assertThat(history.done("release-stock").decide())
        .containsExactly(new Fail("payment failed: no"));
  }

  @Test
  void continuesAsNewAfterTwoDeliveries() {
    Order order = new Order("order-1", OrderKind.RECURRING, 2, 3);
    History history =
        new History(OrderInput.first(order))
            .done("reserve-1")
            .done("reserve-2")
            .done("charge")
            .done("ship-1")
            .done("ship-2");

    assertThat(history.decide()).containsExactly(new ContinueAsNew(new OrderInput(order, 3)));

    History next = new History(new OrderInput(order, 3));
    assertThat(next.decide()).containsExactly(new ScheduleActivity("ship-3"));
    assertThat(next.done("ship-3").decide()).containsExactly(new Complete());
  }

  @Test
  void waitsForItsDeliveryByAChild() {
    History history = charged(OrderKind.CHILD_DELIVERY);

    assertThat(history.decide()).containsExactly(new StartDelivery());
    history.add(event(OrderEvent.CHILD_INITIATED, "child", "order-1/9"));
    assertThat(history.decide()).isEmpty();
    assertThat(history.add(event(OrderEvent.CHILD_COMPLETED, "child", "order-1/9")).decide())
        .containsExactly(new Complete());
  }

  @Test
  void aDeliveryShipsAndCompletes() {
    Order delivery = order(OrderKind.CHILD_DELIVERY).delivery("order-1/9");
    History history = new History(OrderInput.first(delivery));

    assertThat(history.decide()).containsExactly(new ScheduleActivity("ship-1"));
    assertThat(history.done("ship-1").decide()).containsExactly(new Complete());
    assertThat(delivery.customer()).isEqualTo(order(OrderKind.CHILD_DELIVERY).customer());
  }

  @Test
  void decidesAgainAfterAReset() {
    History history = reserved(OrderKind.RESET).add(scheduled("charge"));
    assertThat(history.decide()).isEmpty();

    history.resetBefore("charge");

    assertThat(history.decide()).containsExactly(new ScheduleActivity("charge"));
    assertThat(history.done("charge").done("ship-1").decide()).containsExactly(new Complete());
  }

  @Test
  void aResetKeepsTheSignalsThatCameLater() {
    List<HistoryEvent> base =
        reserved(OrderKind.RESET)
            .add(event(OrderEvent.SIGNALED, "signal", "early"))
            .add(scheduled("charge"))
            .add(event(OrderEvent.SIGNALED, "signal", "late"))
            .events;

    ResetPoint point = ResetPoint.before("charge", BASE, base);

    assertThat(point.base()).isEqualTo(new BaseRun(BASE, base.size() - 2));
    assertThat(point.signals()).containsExactly(base.getLast());
  }

  @Test
  void aRunIsCreditedOnlyWithWhatItHasAdded() {
    History history = reserved(OrderKind.RESET).add(scheduled("charge")).resetBefore("charge");
    long copied = history.events.size();
    history.done("charge").add(event(OrderEvent.SIGNAL_REAPPLIED, "signal", "late"));

    OrderProgress own = OrderProgress.since(copied, history.events);

    assertThat(own.completions()).containsOnlyKeys("charge");
    assertThat(own.signals()).isEmpty();
    assertThat(own.signalsReapplied()).containsOnlyKeys("late");
    assertThat(own.isExpedited()).isTrue();
    assertThat(OrderProgress.of(history.events).completions())
        .containsOnlyKeys("charge", "reserve-1", "reserve-2");
  }

  @Test
  void neverChargesAnOrderThatWillBeCanceled() {
    History history = new History(OrderInput.first(order(OrderKind.CANCELED)));

    assertThat(history.decide()).hasSize(3).last().isInstanceOf(StartTimer.class);
    history
        .done("reserve-1")
        .done("reserve-2")
        .add(event(OrderEvent.TIMER_STARTED, "timer", "payment-deadline"));
    assertThat(history.decide()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void doesWhatTheAuditAsksFor(OrderKind kind) {
    Order order = new Order("order-1", kind, 3, kind == OrderKind.RECURRING ? 5 : 1);
    OrderInput input = OrderInput.first(order);
    List<String> done = new ArrayList<>();
    int runs = 0;
    boolean goesOn = true;
    while (goesOn) {
      runs++;
      History history = new History(input);
      goesOn = false;
      List<Decision> decisions = history.decide();
      while (!decisions.isEmpty()) {
        for (Decision decision : decisions) {
          switch (decision) {
            case ScheduleActivity(String activity) -> {
              if (kind == OrderKind.DECLINED && activity.equals("charge")) {
                history.add(scheduled(activity)).add(failed(activity));
              } else if (kind == OrderKind.RESET && activity.equals("charge") && runs == 1) {
                history.add(scheduled(activity)).resetBefore(activity);
                runs++;
              } else {
                history.done(activity);
                done.add(activity);
              }
            }
            case StartDelivery() -> {
              history.add(event(OrderEvent.CHILD_INITIATED, "child", "order-1/2"));
              history.add(event(OrderEvent.CHILD_COMPLETED, "child", "order-1/2"));
            }
            case StartTimer timer -> {
              history.add(event(OrderEvent.TIMER_STARTED, "timer", timer.timer()));
              if (kind != OrderKind.CANCELED) {
                history.add(event(OrderEvent.TIMER_FIRED, "timer", timer.timer()));
              }
            }
            case ContinueAsNew next -> {
              input = next.input();
              goesOn = true;
            }
            case Complete() -> assertThat(order.end().value()).isEqualTo("completed");
            case Fail fail -> assertThat(order.end().value()).isEqualTo("failed");
          }
        }
        boolean ended = decisions.stream().anyMatch(OrderWorkflowTest::endsTheRun);
        decisions = ended ? List.of() : history.decide();
      }
    }

    assertThat(done).containsExactlyInAnyOrderElementsOf(order.activities());
    assertThat(runs).isEqualTo(order.runs());
  }

  private static boolean endsTheRun(Decision decision) {
    return switch (decision) {
      case ScheduleActivity activity -> false;
      case StartTimer timer -> false;
      case StartDelivery delivery -> false;
      case Complete complete -> true;
      case Fail fail -> true;
      case ContinueAsNew next -> true;
    };
  }

  private static Order order(OrderKind kind) {
    return new Order("order-1", kind, 2, 1);
  }

  private static List<Decision> decide(Order order, HistoryEvent... events) {
    History history = new History(OrderInput.first(order));
    List.of(events).forEach(history::add);
    return history.decide();
  }

  private static History reserved(OrderKind kind) {
    return new History(OrderInput.first(order(kind))).done("reserve-1").done("reserve-2");
  }

  private static History charged(OrderKind kind) {
    return reserved(kind).done("charge");
  }

  private static HistoryEvent scheduled(String activity) {
    return event(OrderEvent.ACTIVITY_SCHEDULED, "activity", activity);
  }

  private static HistoryEvent completed(String activity) {
    return event(OrderEvent.ACTIVITY_COMPLETED, "activity", activity);
  }

  private static HistoryEvent failed(String activity) {
    return new HistoryEvent(
        1,
        OrderEvent.ACTIVITY_FAILED,
        Instant.EPOCH,
        DemoJson.write(DemoJson.object().put("activity", activity).put("reason", "no")));
  }

  private static HistoryEvent event(String type, String member, String value) {
    return new HistoryEvent(
        1, type, Instant.EPOCH, DemoJson.write(DemoJson.object().put(member, value)));
  }

  /** Events in order, numbered from 1. */
  private static final class History {
    private final List<HistoryEvent> events = new ArrayList<>();

    History(OrderInput input) {
      events.add(
          new HistoryEvent(1, OrderEvent.STARTED, Instant.EPOCH, DemoJson.write(input.toJson())));
    }

    History add(HistoryEvent event) {
      events.add(
          new HistoryEvent(events.size() + 1L, event.eventType(), event.timestamp(), event.data()));
      return this;
    }

    /** The history of the run that a reset creates. */
    History resetBefore(String activity) {
      ResetPoint point = ResetPoint.before(activity, BASE, events);
      events.subList(Math.toIntExact(point.base().lastEventId()), events.size()).clear();
      return add(event(OrderEvent.RESET, "base", BASE.toString()));
    }

    History done(String activity) {
      return add(scheduled(activity)).add(completed(activity));
    }

    List<Decision> decide() {
      return OrderWorkflow.decide(OrderProgress.of(events));
    }
  }
}
