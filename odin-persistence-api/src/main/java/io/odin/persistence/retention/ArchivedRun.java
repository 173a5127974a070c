package io.odin.persistence.retention;

import io.odin.persistence.execution.RunDefinition;
import io.odin.persistence.execution.RunKey;
import io.odin.persistence.execution.RunState;
import io.odin.persistence.internal.Require;

/**
 * A run as an archive keeps it; its events come beside it.
 *
 * @param key which run
 * @param definition what was fixed when it was created
 * @param state how it ended
 */
public record ArchivedRun(RunKey key, RunDefinition definition, RunState state) {

  /** Checks every field. */
  public ArchivedRun {
    Require.nonNull("key", key);
    Require.nonNull("definition", definition);
    Require.nonNull("state", state);
  }
}
