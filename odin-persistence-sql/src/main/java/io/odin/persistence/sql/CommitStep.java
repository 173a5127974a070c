package io.odin.persistence.sql;

import io.odin.persistence.error.PersistenceException;
import java.sql.SQLException;
import java.util.Optional;

/**
 * One statement of a commit, how many rows it has to come to, and how to find out why it did not.
 *
 * @param step the statement
 * @param expected the count without which the commit fails
 * @param diagnosis asked in the same transaction if the count is another
 */
record CommitStep(Step step, long expected, Diagnosis diagnosis) {

  /**
   * Finds out why a statement missed its rows; empty if there is nothing wrong with it after all.
   */
  @FunctionalInterface
  interface Diagnosis {
    Optional<Conflict> find(Session session) throws SQLException;
  }

  /** Which conflict is reported where there are several: the first. */
  enum Precedence {
    SHARD,
    MISSING_RUN,
    EXISTING_RUN,
    VERSION,
    CLOSED_RUN,
    CURRENT_RUN,
    HISTORY,
    SIGNAL,
    QUERY,
    TASK,
    SCHEDULE
  }

  /**
   * A reason to apply nothing.
   *
   * @param precedence where it stands among others
   * @param exception what the caller is told
   */
  record Conflict(Precedence precedence, PersistenceException exception) {

    static Optional<Conflict> of(Precedence precedence, PersistenceException exception) {
      return Optional.of(new Conflict(precedence, exception));
    }
  }

  /** A statement whose count does not matter. */
  static CommitStep unchecked(Step step) {
    return new CommitStep(step, -1, session -> Optional.empty());
  }

  boolean isMissed(Step.Result result) {
    return expected >= 0 && result.count() != expected;
  }
}
