package io.odin.persistence.cli.demo.order;

import java.time.Duration;

/** What a workflow wants to happen next. */
public sealed interface Decision {

  /** An activity is to be done by a worker. */
  record ScheduleActivity(String activity) implements Decision {}

  /** The workflow wants to be woken later. */
  record StartTimer(String timer, Duration delay) implements Decision {}

  /** All is done. */
  record Complete() implements Decision {}

  /** It cannot be done. */
  record Fail(String reason) implements Decision {}

  /** All is done in this run; another one goes on. */
  record ContinueAsNew(OrderInput input) implements Decision {}
}
