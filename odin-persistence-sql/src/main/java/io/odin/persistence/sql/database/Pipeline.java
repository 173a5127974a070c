package io.odin.persistence.sql.database;

import io.odin.persistence.sql.statement.Step;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** How statements get to the server. Thread-safe. */
public interface Pipeline {

  /** Sends the steps in order, in as few round trips as the driver allows. */
  List<Step.Result> run(Connection connection, List<Step> steps) throws SQLException;

  /**
   * Sends all steps of a transaction, and its end, in one round trip, if the driver allows it and
   * the server can be made to end the transaction itself at the first step that misses its rows.
   *
   * @return whether the transaction was applied; if not, nothing of it was, and the connection is
   *     outside a transaction or in one that has written nothing
   */
  boolean commit(Connection connection, List<ExpectedStep> steps) throws SQLException;

  /**
   * Sends a query whose conditions a user has composed, or that is rare and reads much, with
   * whatever plan suits the values, and lets the rest of the transaction be planned so too, if
   * there is one; the stores' own statements each have one right plan. One round trip.
   *
   * @param limit how long the query may take, and each statement of the rest of the transaction
   */
  Step.Result search(Connection connection, Step query, Duration limit) throws SQLException;
}
