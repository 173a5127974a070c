package io.odin.persistence.sql.database;

import io.odin.persistence.error.PersistenceException;
import io.odin.persistence.sql.statement.Step;
import java.sql.SQLException;
import java.util.Optional;

/**
 * A statement, its expected count of rows, and how to find the reason if the count is another.
 *
 * @param step the statement
 * @param expected the count without which the operation fails; negative if any count is right
 * @param diagnosis asked in the same transaction if the count is another
 */
public record ExpectedStep(Step step, long expected, Diagnosis diagnosis) {

  /**
   * Finds out why a statement missed its rows; empty if there is nothing wrong with it after all.
   */
  @FunctionalInterface
  public interface Diagnosis {
    Optional<Conflict> find(Session session) throws SQLException;
  }

  /** Which conflict is reported where there are several: the first. */
  public enum Precedence {
    SHARD,
    NAMESPACE,
    MISSING_RUN,
    EXISTING_RUN,
    VERSION,
    CLOSED_RUN,
    CURRENT_RUN,
    RECORD,
    HISTORY,
    SIGNAL,
    QUERY,
    TASK,
    SCHEDULE
  }

  /**
   * A reason to apply nothing.
   *
   * @param precedence its place among others
   * @param exception what the caller gets
   */
  public record Conflict(Precedence precedence, PersistenceException exception) {

    /** A conflict as a diagnosis returns it. */
    public static Optional<Conflict> of(Precedence precedence, PersistenceException exception) {
      return Optional.of(new Conflict(precedence, exception));
    }
  }

  /** A statement whose count does not matter. */
  public static ExpectedStep unchecked(Step step) {
    return new ExpectedStep(step, -1, session -> Optional.empty());
  }

  /** Whether another count than the expected one matters. */
  public boolean isChecked() {
    return expected >= 0;
  }

  /** Whether a result has another count than the expected one. */
  public boolean isMissed(Step.Result result) {
    return isChecked() && result.count() != expected;
  }
}
