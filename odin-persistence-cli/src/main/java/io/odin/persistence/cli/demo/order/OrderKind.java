package io.odin.persistence.cli.demo.order;

import io.odin.persistence.run.WorkflowState;

/** What happens to an order; each kind exercises another part of the stores. */
public enum OrderKind {
  /** Stock reserved, card charged, parcel shipped. */
  PLAIN(WorkflowState.COMPLETED),
  /** Waits for a durable timer between charge and shipment. */
  TIMED_DELIVERY(WorkflowState.COMPLETED),
  /** The card is refused twice, and charged at the third attempt. */
  FLAKY_PAYMENT(WorkflowState.COMPLETED),
  /** The charge becomes a dead letter, which is redriven once the customer has another card. */
  NEW_CARD(WorkflowState.COMPLETED),
  /** The charge becomes a dead letter; the stock is released and the order fails. */
  DECLINED(WorkflowState.FAILED),
  /**
   * The bank refuses the charge until an operator has corrected its account, and resets the order
   * to the event before the charge.
   */
  RESET(WorkflowState.COMPLETED),
  /** Another workflow, in another shard, ships its parcels and reports its end. */
  CHILD_DELIVERY(WorkflowState.COMPLETED),
  /** The workflow that ships the parcels of another order. */
  DELIVERY(WorkflowState.COMPLETED),
  /** Several deliveries, two to a run, then continued as new. */
  RECURRING(WorkflowState.COMPLETED),
  /** The customer terminates it at any moment. */
  CANCELED(WorkflowState.TERMINATED),
  /**
   * The worker that ships it hangs longer than its lease; another worker ships it, and the first
   * one's late commit must be refused.
   */
  HANGING_WORKER(WorkflowState.COMPLETED),
  /** Started by a schedule, not by a customer. */
  SCHEDULED(WorkflowState.COMPLETED);

  private final WorkflowState end;

  OrderKind(WorkflowState end) {
    this.end = end;
  }

  /** The type of its workflow. */
  public String workflowType() {
    return this == DELIVERY ? "delivery" : "order";
  }

  /** The state in which the order has to end. */
  public WorkflowState end() {
    return end;
  }
}
