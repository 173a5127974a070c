package io.odin.persistence.sql.database;

import io.odin.persistence.sql.statement.Step;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** How statements get to the server. Thread-safe. */
public interface Pipeline {

  /**
   * How long a round trip on a new connection of the pool takes, if that decides how statements are
   * sent on it; sends some statements that do nothing.
   *
   * @return zero if nothing depends on it, or if the connection is to be used as one to a server
   *     that is near
   */
  Duration roundTrip(Connection connection) throws SQLException;

  /**
   * Sends the steps in order, in as few round trips as the driver allows.
   *
   * @param roundTrip how long one takes, as {@link #roundTrip} has measured it
   */
  List<Step.Result> run(Connection connection, List<Step> steps, Duration roundTrip)
      throws SQLException;

  /**
   * Sends the beginning of a transaction, all its steps, and its end in one round trip, if the
   * driver allows it and the server can be made to end the transaction itself at the first step
   * that misses its rows. The connection is outside a transaction, in the mode of its last use. If
   * this fails, a transaction may be left that the connection's rollback ends, unless the
   * connection is broken.
   *
   * @param roundTrip how long one takes, as {@link #roundTrip} has measured it
   * @return whether the transaction was applied; if not, nothing of it was, and the connection is
   *     outside a transaction or in one that has written nothing
   */
  boolean commit(Connection connection, List<ExpectedStep> steps, Duration roundTrip)
      throws SQLException;

  /**
   * Sends a query whose conditions a user has composed, or that is rare and reads much, with
   * whatever plan suits the values, and lets the rest of the transaction be planned so too, if
   * there is one; the stores' own statements each have one right plan. One round trip.
   *
   * @param limit how long the query may take, and each statement of the rest of the transaction
   */
  Step.Result search(Connection connection, Step query, Duration limit) throws SQLException;
}
