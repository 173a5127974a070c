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
   * The current run is this one and closed, or closed by the same transaction; the new run replaces
   * it.
   */
  static CreateMode replaceClosed(UUID previousRunId) {
    return new ReplaceClosed(previousRunId);
  }

  /** The current run is neither read nor changed: for imports and replication. */
  static CreateMode bypassCurrent() {
    return new BypassCurrent();
  }

  /**
   * Decides within the transaction, by the current run at that moment. If the same start request
   * has started the current run, the commit returns that run and writes nothing.
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
