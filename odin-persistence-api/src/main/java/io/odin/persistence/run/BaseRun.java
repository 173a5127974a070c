package io.odin.persistence.run;

import io.odin.persistence.internal.Require;
import java.util.UUID;

/**
 * The run, of the same workflow id, from which another one has the beginning of its history: a
 * reset.
 *
 * @param runId its run id
 * @param lastEventId the last event that both histories share, 1 to 1,000,000,000
 */
public record BaseRun(UUID runId, long lastEventId) {

  /** Checks every field. */
  public BaseRun {
    Require.nonNull("baseRunId", runId);
    Require.between("baseEventId", lastEventId, 1, 1_000_000_000);
  }
}
