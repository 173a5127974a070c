package io.odin.persistence.cli.demo.engine;

import io.odin.persistence.cli.demo.engine.OrderQueues.ActivityTask;

/** Performs activities. Thread-safe. */
public interface Activities {

  /** Performs an activity, once for each attempt. */
  Outcome perform(String orderId, ActivityTask task, int attempt);

  /** Whether an activity whose attempts have all failed can succeed now. */
  boolean canSucceed(String orderId, ActivityTask task);

  /** The outcome of an attempt. */
  sealed interface Outcome {

    /** The activity has had its effect. */
    record Done() implements Outcome {}

    /** The same, but it takes so long that the worker has to send a heartbeat. */
    record DoneSlowly() implements Outcome {}

    /** The same, but the worker hangs before it can report so. */
    record DoneAndHung() implements Outcome {}

    /** The activity has had no effect. */
    record Refused(String reason) implements Outcome {}
  }
}
