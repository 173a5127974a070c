package io.odin.persistence.sql.database;

import io.odin.persistence.error.Outcome;
import io.odin.persistence.error.PersistenceException;
import io.odin.persistence.sql.statement.Step;

/**
 * The writing transactions of an operation that cannot be one transaction. What each of them has
 * written stays, whatever becomes of the next. Not thread-safe.
 */
public final class Parts {

  private final Database database;
  private boolean applied;

  Parts(Database database) {
    this.database = database;
  }

  /** {@link Database#transaction}, as a part of the operation. */
  public <T> T transaction(String operation, Database.Work<T> work) {
    T result = database.transaction(operation, work);
    applied = true;
    return result;
  }

  /** {@link Database#write(String, Step)}, as a part of the operation. */
  public long write(String operation, Step step) {
    long changed = database.write(operation, step);
    applied = true;
    return changed;
  }

  /** The failure of the whole operation: after a part, whatever the failing one has done. */
  PersistenceException ofTheWhole(PersistenceException failure) {
    return applied ? failure.withOutcome(Outcome.PARTLY_APPLIED) : failure;
  }
}
