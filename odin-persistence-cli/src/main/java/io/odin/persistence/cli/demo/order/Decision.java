package io.odin.persistence.cli.demo.order;

import java.time.Duration;

/** What a workflow decides. */
public sealed interface Decision {

  /** A worker is to perform an activity. */
  record ScheduleActivity(String activity) implements Decision {}

  /** A timer is to fire after a delay. */
  record StartTimer(String timer, Duration delay) implements Decision {}

  /** Another workflow is to deliver the order. */
  record StartDelivery() implements Decision {}

  /** The run completes. */
  record Complete() implements Decision {}

  /** The run fails. */
  record Fail(String reason) implements Decision {}

  /** The run ends and another one continues it. */
  record ContinueAsNew(OrderInput input) implements Decision {}
}
