package io.odin.persistence.sql.database;

import io.odin.persistence.Credentials;
import io.odin.persistence.PersistenceConfig;
import io.odin.persistence.sql.connection.CallerCredentials;
import io.odin.persistence.sql.connection.DriverParameters;
import io.odin.persistence.sql.connection.JdbcUrl;
import io.odin.persistence.sql.connection.PrimaryCheck;
import io.odin.persistence.sql.connection.Secrets;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections with the settings of the dialect, asking for the credentials each time so that
 * a rotated password is picked up. Of several hosts it takes the one that is the primary.
 * Connecting and logging in end by the configured timeout; after that, so does each wait for a
 * reply. What it throws has no password and no parameter of the URL. Thread-safe.
 */
public final class ConnectionSource implements DataSource {

  /** What a host is given at least, however many there are. */
  private static final Duration SHORTEST_LOGIN = Duration.ofMillis(250);

  private final PersistenceConfig config;
  private final Dialect dialect;
  private final JdbcUrl url;
  private final @Nullable String settings;
  // Null if the connections are not for the pool.
  private final @Nullable Distance distance;
  private final Collection<String> unknownValues;
  private volatile @Nullable Primary primary;
  // When each connection's server was last asked whether it is the primary.
  private final LastResponses answers = new LastResponses();
  private final CallerCredentials supplier;

  /**
   * Connects the stores to the URL of the configuration.
   *
   * @throws io.odin.persistence.error.InvalidRequestException if the URL is malformed
   * @throws io.odin.persistence.error.BackendFailureException if the URL asks for what the backend
   *     cannot let it have
   */
  public ConnectionSource(PersistenceConfig config, Dialect dialect) {
    this(config, dialect, dialect.sessionSettings(config), null);
  }

  private ConnectionSource(
      PersistenceConfig config,
      Dialect dialect,
      @Nullable String settings,
      @Nullable Distance distance) {
    this.config = config;
    this.dialect = dialect;
    this.settings = settings;
    this.distance = distance;
    url = JdbcUrl.of(config, dialect.connector());
    unknownValues = DriverParameters.check(url);
    supplier = new CallerCredentials(config.credentials());
  }

  /** Whether a connection waits for the caller's supplier of credentials. */
  boolean awaitsCredentials() {
    return supplier.isPending();
  }

  /** As for the stores, for the connections of their pool, each of which is measured. */
  static ConnectionSource forPool(PersistenceConfig config, Dialect dialect, Distance distance) {
    return new ConnectionSource(config, dialect, dialect.sessionSettings(config), distance);
  }

  /** As for the stores, but for sessions in which people ask their own queries. */
  public static ConnectionSource forQueries(PersistenceConfig config, Dialect dialect) {
    return new ConnectionSource(config, dialect, dialect.connector().querySettings(config), null);
  }

  /** As for the stores, but for sessions that stay as the server makes them. */
  public static ConnectionSource plain(PersistenceConfig config, Dialect dialect) {
    return new ConnectionSource(config, dialect, null, null);
  }

  /** Whether there are several hosts, any of which can become the primary. */
  boolean hasSeveralHosts() {
    return url.hosts().size() > 1;
  }

  @Override
  public Connection getConnection() throws SQLException {
    Credentials credentials = credentials();
    Secrets secrets =
        new Secrets(List.of(credentials.password(), url.credentials().password()), unknownValues);
    try {
      return connect(credentials);
    } catch (SQLException e) {
      throw secrets.hiddenIn(e);
    }
  }

  /**
   * The host that was found to be the primary last.
   *
   * @param host its index in the URL
   */
  private record Primary(int host, PrimaryCheck check) {}

  /** Each host in turn, beginning with the one that was the primary last. */
  private Connection connect(Credentials credentials) throws SQLException {
    List<String> hosts = url.hosts();
    Primary known = primary;
    long end = System.nanoTime() + config.connectionTimeout().toNanos();
    int first = known == null ? 0 : known.host();
    boolean standby = false;
    @Nullable SQLException failure = null;
    for (int i = 0; i < hosts.size(); i++) {
      int index = (first + i) % hosts.size();
      Duration left = Duration.ofNanos((end - System.nanoTime()) / (hosts.size() - i));
      try {
        Connection connection =
            connect(
                hosts.get(index),
                credentials,
                left.compareTo(SHORTEST_LOGIN) < 0 ? SHORTEST_LOGIN : left);
        if (isPrimary(connection, index, known)) {
          return connection;
        }
        standby = true;
      } catch (SQLException e) {
        failure = graver(failure, e);
      }
    }
    if (failure == null || (standby && isAbsence(failure))) {
      SQLException noPrimary = dialect.connector().noPrimary();
      if (failure != null) {
        noPrimary.initCause(failure);
      }
      throw noPrimary;
    }
    throw failure;
  }

  /** Of two failures the one that waiting does not mend. */
  private SQLException graver(@Nullable SQLException first, SQLException next) {
    if (first == null) {
      return next;
    }
    boolean absent = isAbsence(first) && !isAbsence(next);
    SQLException graver = absent ? next : first;
    graver.addSuppressed(absent ? first : next);
    return graver;
  }

  private boolean isAbsence(SQLException failure) {
    return dialect.classify(failure).isOutOfReach();
  }

  private boolean isPrimary(Connection connection, int host, @Nullable Primary known)
      throws SQLException {
    boolean taken = false;
    try {
      long asked = System.nanoTime();
      PrimaryCheck check = dialect.connector().primaryCheck(connection, url.hosts().size());
      taken = check.isPrimary(connection) && take(new Primary(host, check), known);
      answers.responded(connection, asked);
    } finally {
      if (!taken) {
        connection.close();
      }
    }
    return taken;
  }

  /**
   * A server that says that it is the primary may have been stopped meanwhile, and not know better
   * yet: it is not taken if another one was found since this one was asked for.
   *
   * @param known when this one was asked for
   */
  private synchronized boolean take(Primary found, @Nullable Primary known) {
    Primary current = primary;
    if (current != null && current.host() != found.host() && !current.equals(known)) {
      return false;
    }
    if (current == null || !current.equals(found)) {
      primary = found;
    }
    return true;
  }

  /**
   * Whether a connection of this source still leads to the primary, asked before each operation if
   * there are several hosts. One to a former primary does not, whatever that server says: what has
   * been written since is on the server that was found last.
   */
  boolean isStillPrimary(Connection connection) throws SQLException {
    Primary current = primary;
    long asked = System.nanoTime();
    boolean still =
        current != null && current.check().isStillPrimary(connection, answers.since(connection));
    if (still) {
      answers.responded(connection, asked);
    }
    return still;
  }

  private Connection connect(String host, Credentials credentials, Duration login)
      throws SQLException {
    Properties properties = new Properties();
    properties.putAll(dialect.connector().defaults(login));
    properties.putAll(url.parameters());
    properties.putAll(dialect.driverProperties(config));
    if (distance != null) {
      properties.putAll(dialect.poolProperties());
    }
    if (!credentials.username().isEmpty()) {
      properties.setProperty("user", credentials.username());
    }
    if (!credentials.password().isEmpty()) {
      properties.setProperty("password", credentials.password());
    }
    Connection connection = DriverManager.getConnection(url.at(host), properties);
    try (Statement statement = connection.createStatement()) {
      if (settings != null) {
        statement.execute(settings);
      }
      limitReplies(connection);
      if (distance != null) {
        distance.measured(dialect.pipeline().roundTrip(connection));
      }
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
    return connection;
  }

  /** Ends each wait for a reply after the usual time. */
  public void limitReplies(Connection connection) throws SQLException {
    connection.setNetworkTimeout(Runnable::run, Math.toIntExact(replyLimit().toMillis()));
  }

  private Credentials credentials() throws SQLException {
    Credentials given = supplier.current();
    Credentials ofUrl = url.credentials();
    return new Credentials(
        given.username().isEmpty() ? ofUrl.username() : given.username(),
        given.password().isEmpty() ? ofUrl.password() : given.password());
  }

  /**
   * How long a reply is waited for: longer than the server lets a statement run or wait, so that it
   * ends only what the server does not end.
   */
  private Duration replyLimit() {
    @Nullable Duration wanted = dialect.connector().replyLimit(url);
    return wanted != null
        ? wanted
        : config.statementTimeout().plus(config.lockTimeout()).plus(config.connectionTimeout());
  }

  @Override
  public Connection getConnection(String username, String password) throws SQLException {
    throw new SQLFeatureNotSupportedException("the configuration says who connects");
  }

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(PrintWriter out) throws SQLException {
    throw new SQLFeatureNotSupportedException("logs go to SLF4J");
  }

  /** Has no effect: the pool sets it, and the configuration has a timeout already. */
  @Override
  public void setLoginTimeout(int seconds) {}

  /** How long the pool, when it is closed, waits for connections that are being made. */
  @Override
  public int getLoginTimeout() {
    return (int) Math.max(1, config.connectionTimeout().toSeconds());
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException("logs go to SLF4J");
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    throw new SQLException("wraps no " + type.getName());
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return false;
  }
}
