package io.odin.persistence.servers;

import java.io.IOException;
import java.sql.SQLException;

/** How a database keeps a standby that has every commit which the primary has confirmed. */
interface Replication {

  /**
   * Starts a standby with a copy of what a running primary holds. When it returns, commits of the
   * primary wait for the standby, also after the primary was killed and started again.
   *
   * @throws IOException if the standby does not start
   * @throws SQLException if one of the servers refuses
   */
  DatabaseServer standbyOf(DatabaseServer primary) throws IOException, SQLException;

  /**
   * Makes a standby whose primary has ended a primary itself. When it returns, writes succeed, and
   * wait for no other server.
   *
   * @throws SQLException if the server refuses
   */
  void promote(DatabaseServer standby) throws SQLException;
}
