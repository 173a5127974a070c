package io.odin.persistence.cli.demo.engine;

import io.odin.persistence.cli.demo.engine.Tally.Count;
import io.odin.persistence.cli.demo.order.Order;
import io.odin.persistence.cli.demo.order.Payloads;
import io.odin.persistence.error.CurrentRunConflictException;
import io.odin.persistence.execution.WorkflowKey;
import io.odin.persistence.signal.NewSignal;
import io.odin.persistence.signal.SignalReceipt;

/** Where customers ask for an order to be hurried: it becomes a signal to the order. */
public final class Expediting {

  private static final String NAME = "expedite";

  private final Floor floor;
  private final Engine engine;

  public Expediting(Floor floor, Engine engine) {
    this.floor = floor;
    this.engine = engine;
  }

  /** Sends the signal, and lets the run that has received it hear of it. */
  public void expedite(Order order) {
    NewSignal signal =
        new NewSignal(
            NAME + "-" + order.id(),
            NAME,
            Payloads.write(Payloads.object().put("customer", order.customer())));
    WorkflowKey workflow = new WorkflowKey(floor.namespace(), order.id());
    try {
      SignalReceipt receipt = floor.persistence().signals().put(workflow, signal);
      floor
          .tally()
          .add(
              switch (receipt.arrival()) {
                case FIRST -> Count.SIGNALS_RECEIVED;
                case DUPLICATE -> Count.SIGNALS_REPEATED;
              });
      engine.hearSignals(receipt.run());
    } catch (CurrentRunConflictException e) {
      floor.tally().add(Count.SIGNALS_REFUSED);
    }
    floor.tally().add(Count.SIGNALS_SENT);
  }
}
