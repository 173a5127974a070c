package io.odin.persistence.sql.statement;

import java.util.List;
import org.jooq.Condition;
import org.jooq.Field;

/**
 * Statements over many rows whose text does not depend on how many there are, as a database writes
 * them. Immutable and thread-safe.
 */
public interface BulkStatements {

  /**
   * Inserts rows, skipping those whose key exists, and all unless {@link RowShape#guard} is true;
   * the count is the number of inserted rows.
   */
  Sql insertNew(String name, RowShape rows);

  /** Inserts rows; where the key exists, sets the given columns instead. */
  Sql upsert(String name, RowShape rows, List<Field<?>> updated);

  /**
   * Reads columns of the rows with the given keys, in no order.
   *
   * @param selected columns of the alias {@code t}
   */
  Sql selectMatching(String name, RowShape rows, PayloadColumns selected);

  /**
   * Sets the columns that are not of the key in the rows with the given keys which fulfil the
   * condition; the count says how many did.
   */
  Sql updateMatching(String name, RowShape rows, Condition condition);

  /**
   * Inserts one row; where the key exists with a lower version, sets all other columns instead. The
   * count is zero if the version that is stored is the same or higher.
   *
   * @param version the column that holds the version
   */
  Sql upsertNewer(String name, RowShape rows, Field<?> version);

  /**
   * Deletes the rows with the given keys; a column that is not of the key must be equal too, unless
   * its value is null.
   */
  Sql deleteMatching(String name, RowShape rows);
}
