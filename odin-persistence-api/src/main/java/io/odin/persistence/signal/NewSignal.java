package io.odin.persistence.signal;

import io.odin.persistence.Json;
import io.odin.persistence.TimeOrderedId;
import io.odin.persistence.internal.Require;

/**
 * A signal to be sent.
 *
 * @param signalId under which the signal is received once, however often it is sent
 * @param name what it is about
 * @param input what the run is to know
 */
public record NewSignal(String signalId, String name, Json input) {

  /** Checks every field. */
  public NewSignal {
    Require.id("signalId", signalId);
    Require.id("signalName", name);
    Require.nonNull("signalInput", input);
  }

  /** A signal with a new, time-ordered id. */
  public static NewSignal create(String name, Json input) {
    return new NewSignal(TimeOrderedId.next().toString(), name, input);
  }
}
