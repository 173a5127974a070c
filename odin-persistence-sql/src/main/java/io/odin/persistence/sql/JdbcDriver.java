package io.odin.persistence.sql;

import io.odin.persistence.error.BackendFailureException;
import java.sql.DriverManager;
import java.sql.SQLException;

/** The driver of a database, which not every backend has among its dependencies. */
final class JdbcDriver {

  /** The standard's SQLSTATE where a client cannot connect, as DriverManager has it. */
  private static final String NO_CONNECTION = "08001";

  private JdbcDriver() {}

  /**
   * Checks that a driver is on the class path. The message of DriverManager would contain the whole
   * URL, and with it a password.
   *
   * @throws BackendFailureException if there is none, naming the artifact to add
   */
  static void require(String urlPrefix, String artifact) {
    try {
      DriverManager.getDriver(urlPrefix + "//localhost/odin");
    } catch (SQLException e) {
      throw new BackendFailureException(
          NO_CONNECTION,
          "the class path has no JDBC driver for %s URLs: add %s to it"
              .formatted(urlPrefix, artifact),
          e);
    }
  }
}
