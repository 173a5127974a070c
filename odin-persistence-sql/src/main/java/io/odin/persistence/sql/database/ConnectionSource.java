package io.odin.persistence.sql.database;

import io.odin.persistence.Credentials;
import io.odin.persistence.PersistenceConfig;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections with the settings of the dialect, asking for the credentials each time so that
 * a rotated password is picked up. Thread-safe.
 */
public final class ConnectionSource implements DataSource {

  private final PersistenceConfig config;
  private final Dialect dialect;

  /** Connects to the URL of the configuration. */
  public ConnectionSource(PersistenceConfig config, Dialect dialect) {
    this.config = config;
    this.dialect = dialect;
  }

  @Override
  public Connection getConnection() throws SQLException {
    Properties properties = new Properties();
    dialect.driverProperties(config).forEach(properties::setProperty);
    Credentials credentials = config.credentials().get();
    if (!credentials.username().isEmpty()) {
      properties.setProperty("user", credentials.username());
    }
    if (!credentials.password().isEmpty()) {
      properties.setProperty("password", credentials.password());
    }
    Connection connection = DriverManager.getConnection(config.url(), properties);
    try (Statement statement = connection.createStatement()) {
      statement.execute(dialect.sessionSettings(config));
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
    return connection;
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
