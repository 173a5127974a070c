package io.odin.persistence.error;

import io.odin.persistence.run.RunSummary;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The current run of the workflow id is not the one that the change requires. */
public final class CurrentRunConflictException extends PersistenceException {

  private static final long serialVersionUID = 1L;

  private final transient @Nullable RunSummary current;

  /**
   * Reports the current run.
   *
   * @param reason what the change requires, as a sentence
   * @param current the current run, or null where the workflow id has none
   */
  public CurrentRunConflictException(String reason, @Nullable RunSummary current) {
    super(
        Outcome.NOT_APPLIED,
        Retry.AFTER_RELOAD,
        reason
            + (current == null
                ? "; it has no current run"
                : "; the current run is "
                    + current.key().runId()
                    + " ("
                    + current.state().value()
                    + ")"),
        null);
    this.current = current;
  }

  /**
   * The current run with its state, version, start request and start time; empty if there is none.
   */
  public Optional<RunSummary> current() {
    return Optional.ofNullable(current);
  }
}
