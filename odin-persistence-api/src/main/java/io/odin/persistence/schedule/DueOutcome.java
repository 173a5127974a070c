package io.odin.persistence.schedule;

import io.odin.persistence.internal.Require;
import io.odin.persistence.run.RunKey;

/** The outcome of a due time, as a scheduler records it. */
public sealed interface DueOutcome {

  /** A run was started, by a separate commit; its result is recorded later. */
  static DueOutcome started(RunKey run) {
    return new Started(run);
  }

  /** No run was started, because of the overlap policy or the id reuse policy. */
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
   * @param reason for operators, at most 4000 characters
   */
  record Skipped(String reason) implements DueOutcome {

    /** Checks the reason. */
    public Skipped {
      Require.message("reason", reason);
    }
  }

  /**
   * See {@link #failed}.
   *
   * @param reason for operators, at most 4000 characters
   */
  record Failed(String reason) implements DueOutcome {

    /** Checks the reason. */
    public Failed {
      Require.message("reason", reason);
    }
  }
}
