package io.odin.persistence.signal;

import io.odin.persistence.internal.Require;
import io.odin.persistence.value.Payload;
import io.odin.persistence.value.TimeOrderedId;

/**
 * A signal to be sent.
 *
 * @param signalId the id under which the signal is received once, however often it is sent
 * @param name the name of the signal
 * @param input the input for the run
 */
public record NewSignal(String signalId, String name, Payload input) {

  /** Checks every field. */
  public NewSignal {
    Require.id("signalId", signalId);
    Require.id("signalName", name);
    Require.nonNull("signalInput", input);
  }

  /** A signal with a new, time-ordered id. */
  public static NewSignal create(String name, Payload input) {
    return new NewSignal(TimeOrderedId.next().toString(), name, input);
  }
}
