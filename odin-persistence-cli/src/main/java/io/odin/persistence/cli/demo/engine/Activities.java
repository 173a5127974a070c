package io.odin.persistence.cli.demo.engine;

import io.odin.persistence.cli.demo.engine.OrderQueues.ActivityTask;

/** Performs activities. Thread-safe. */
public interface Activities {

  /** Performs an activity, once for each attempt. */
  Outcome perform(String orderId, ActivityTask task, int attempt);

  /** What is to be done about an activity whose attempts have all failed. */
  Remedy remedy(String orderId, ActivityTask task);

  /** What is to be done about a dead letter. */
  enum Remedy {
    /** The same activity can succeed now. */
    REDRIVE,
    /** It can succeed for a run that is reset to the event before it was scheduled. */
    RESET,
    /** It has failed for good. */
    NONE
  }

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
