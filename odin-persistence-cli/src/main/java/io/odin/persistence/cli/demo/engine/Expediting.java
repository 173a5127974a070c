package io.odin.persistence.cli.demo.engine;

import io.odin.persistence.cli.demo.engine.Counters.Count;
import io.odin.persistence.cli.demo.order.DemoJson;
import io.odin.persistence.cli.demo.order.Order;
import io.odin.persistence.error.CurrentRunConflictException;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.run.WorkflowKey;
import io.odin.persistence.signal.NewSignal;
import io.odin.persistence.signal.SignalReceipt;
import java.util.Optional;

/**
 * Sends the signal with which a customer asks for an order to be expedited, later or together with
 * the order.
 */
public final class Expediting {

  private static final String NAME = "expedite";

  private final DemoContext context;
  private final OrderEngine engine;
  private final Starts starts;

  /** Sends signals that the engine handles. */
  public Expediting(DemoContext context, OrderEngine engine) {
    this.context = context;
    this.engine = engine;
    starts = new Starts(context);
  }

  /** Starts an order that has received the signal; sends the signal to one that exists. */
  public void startExpedited(Order order) {
    if (starts.startWith(signal(order), order)) {
      context.counters().add(Count.STARTS_WITH_SIGNAL);
      context.counters().add(Count.SIGNALS_RECEIVED);
      context.counters().add(Count.SIGNALS_SENT);
    } else {
      expedite(order);
    }
  }

  private static NewSignal signal(Order order) {
    return new NewSignal(
        NAME + "-" + order.id(),
        NAME,
        DemoJson.write(DemoJson.object().put("customer", order.customer())));
  }

  /** Sends the signal, and has the run that receives it handle it. */
  public void expedite(Order order) {
    send(order).ifPresent(engine::handleSignals);
  }

  /**
   * Sends the signal, which the run sees at its next step.
   *
   * @return the run that has received it; empty if the order has ended
   */
  public Optional<RunKey> send(Order order) {
    NewSignal signal = signal(order);
    WorkflowKey workflow = new WorkflowKey(context.namespace(), order.id());
    context.counters().add(Count.SIGNALS_SENT);
    try {
      SignalReceipt receipt = context.persistence().signals().put(workflow, signal);
      context
          .counters()
          .add(
              switch (receipt.arrival()) {
                case FIRST -> Count.SIGNALS_RECEIVED;
                case DUPLICATE -> Count.SIGNALS_REPEATED;
              });
      return Optional.of(receipt.run());
    } catch (CurrentRunConflictException e) {
      context.counters().add(Count.SIGNALS_REFUSED);
      return Optional.empty();
    }
  }
}
