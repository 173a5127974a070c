package io.odin.persistence.execution;

import io.odin.persistence.internal.Require;
import java.util.UUID;

/** How a new run relates to the current run of its workflow id. */
public sealed interface CreateMode {

  /** The workflow id has no current run; the new run becomes it. */
  static CreateMode brandNew() {
    return new BrandNew();
  }

  /**
   * The current run is this one and closed, or closed by the same transaction; the new run takes
   * its place.
   */
  static CreateMode replaceClosed(UUID previousRunId) {
    return new ReplaceClosed(previousRunId);
  }

  /** The current run is neither looked at nor touched: for imports and replication. */
  static CreateMode bypassCurrent() {
    return new BypassCurrent();
  }

  /**
   * Decides inside the transaction, by what the current run is then. A current run that was started
   * by the same start request is answered with, and nothing is written.
   */
  static CreateMode byPolicy(IdReusePolicy whenClosed, OpenRunPolicy whenOpen) {
    return new ByPolicy(whenClosed, whenOpen);
  }

  /** See {@link #brandNew()}. */
  record BrandNew() implements CreateMode {}

  /**
   * See {@link #replaceClosed}.
   *
   * @param previousRunId the current run
   */
  record ReplaceClosed(UUID previousRunId) implements CreateMode {

    /** Refuses null. */
    public ReplaceClosed {
      Require.nonNull("previousRunId", previousRunId);
    }
  }

  /** See {@link #bypassCurrent()}. */
  record BypassCurrent() implements CreateMode {}

  /**
   * See {@link #byPolicy}.
   *
   * @param whenClosed whether the workflow id may be used again
   * @param whenOpen what happens to an open run
   */
  record ByPolicy(IdReusePolicy whenClosed, OpenRunPolicy whenOpen) implements CreateMode {

    /** Refuses null. */
    public ByPolicy {
      Require.nonNull("idReusePolicy", whenClosed);
      Require.nonNull("openRunPolicy", whenOpen);
    }
  }
}
