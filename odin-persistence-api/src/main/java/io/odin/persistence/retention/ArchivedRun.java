package io.odin.persistence.retention;

import io.odin.persistence.execution.RunDefinition;
import io.odin.persistence.execution.RunState;
import io.odin.persistence.internal.Require;
import io.odin.persistence.run.RunKey;

/**
 * An archived run, without its events.
 *
 * @param key the run
 * @param definition the properties that are fixed
 * @param state the final state
 */
public record ArchivedRun(RunKey key, RunDefinition definition, RunState state) {

  /** Checks every field. */
  public ArchivedRun {
    Require.nonNull("key", key);
    Require.nonNull("definition", definition);
    Require.nonNull("state", state);
  }
}
