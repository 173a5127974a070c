package io.odin.persistence.schedule;

import io.odin.persistence.execution.RunKey;
import io.odin.persistence.internal.Require;

/** What a scheduler made of a due time. */
public sealed interface DueOutcome {

  /** A run was started, by a commit of its own; its result comes later. */
  static DueOutcome started(RunKey run) {
    return new Started(run);
  }

  /** No run was to be started: the overlap policy or the policy on id reuse is against it. */
  static DueOutcome skipped(String reason) {
    return new Skipped(reason);
  }

  /** No run could be started, and none will be. */
  static DueOutcome failed(String reason) {
    return new Failed(reason);
  }

  /**
   * See {@link #started}.
   *
   * @param run in the namespace of the schedule
   */
  record Started(RunKey run) implements DueOutcome {

    /** Refuses null. */
    public Started {
      Require.nonNull("run", run);
    }
  }

  /**
   * See {@link #skipped}.
   *
   * @param reason human-readable, at most 4000 characters
   */
  record Skipped(String reason) implements DueOutcome {

    /** Checks the reason. */
    public Skipped {
      Require.text("reason", reason, 4000);
    }
  }

  /**
   * See {@link #failed}.
   *
   * @param reason human-readable, at most 4000 characters
   */
  record Failed(String reason) implements DueOutcome {

    /** Checks the reason. */
    public Failed {
      Require.text("reason", reason, 4000);
    }
  }
}
