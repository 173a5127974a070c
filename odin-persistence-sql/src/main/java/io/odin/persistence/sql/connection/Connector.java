package io.odin.persistence.sql.connection;

import io.odin.persistence.PersistenceConfig;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** How to get to the servers of a database. Immutable and thread-safe. */
public interface Connector {

  /** How the JDBC URLs begin: {@code jdbc:postgresql:}. */
  String urlPrefix();

  /**
   * Refuses a URL with parameters that are not the user's to choose, or in a form that leaves to
   * the driver what the backend decides.
   *
   * @throws io.odin.persistence.error.BackendFailureException saying what to write instead
   */
  void requireUrl(JdbcUrl url);

  /**
   * The driver's settings unless the URL has others; among them those that end connecting, and
   * every wait for a reply until the login is done, after that time.
   */
  Map<String, String> defaults(Duration login);

  /** What a session sets that is for queries of people: as the stores' own, but plans as usual. */
  String querySettings(PersistenceConfig config);

  /** How long the URL wants to wait for a reply, in the driver's own unit; null if it says none. */
  @Nullable Duration replyLimit(JdbcUrl url);

  /**
   * How to ask a server whether it is the primary.
   *
   * @param connection a new session of the server
   * @param hosts how many the URL names
   */
  PrimaryCheck primaryCheck(Connection connection, int hosts) throws SQLException;

  /**
   * Whether a connection has its session of the server until it is closed; a pooler may give one to
   * several connections in turn.
   *
   * @param plain makes connections without the library's settings
   */
  boolean keepsSessions(DataSource plain) throws SQLException;

  /** What is thrown if servers answer and none is the primary. */
  SQLException noPrimary();
}
