package io.odin.persistence.postgres;

import io.odin.persistence.PersistenceConfig;
import io.odin.persistence.error.BackendFailureException;
import io.odin.persistence.sql.connection.Connector;
import io.odin.persistence.sql.connection.JdbcUrl;
import io.odin.persistence.sql.connection.PrimaryCheck;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** How to get to servers of PostgreSQL. Immutable and thread-safe. */
final class PostgresConnector implements Connector {

  /** What the dialect gives the driver, whatever the URL says. */
  static final Map<String, String> PROPERTIES =
      Map.of(
          "prepareThreshold", "2",
          // What is sent together is one round trip, and outside a transaction one transaction.
          "preferQueryMode", "extended",
          "stringtype", "varchar");

  private static final String SERVER_TYPE = "targetServerType";
  private static final String READ_ONLY = "25006";

  @Override
  public String urlPrefix() {
    return "jdbc:postgresql:";
  }

  @Override
  public void requireUrl(JdbcUrl url) {
    for (String name : PROPERTIES.keySet()) {
      if (url.parameters().containsKey(name)) {
        throw refusal(name);
      }
    }
    // What the backend does anyway.
    String type = url.parameters().remove(SERVER_TYPE);
    if (type != null && !type.equals("primary") && !type.equals("master")) {
      throw refusal(SERVER_TYPE);
    }
    for (String name : new String[] {"PGHOST", "PGPORT", "PGDBNAME", "service"}) {
      if (url.parameters().containsKey(name)) {
        throw new BackendFailureException(
            "",
            "the URL sets %s: write jdbc:postgresql://host:port/database".formatted(name),
            null);
      }
    }
  }

  private static BackendFailureException refusal(String name) {
    return new BackendFailureException(
        "",
        "the URL sets " + name + ", which the backend sets itself: take it out of the URL",
        null);
  }

  /**
   * The driver counts in seconds, and waits for the answers to requests for encryption by itself.
   */
  @Override
  public Map<String, String> defaults(Duration login) {
    String seconds = Long.toString(Math.max(1, Math.ceilDiv(login.toMillis(), 1000)));
    String milliseconds = Long.toString(login.toMillis());
    return Map.of(
        "ApplicationName", "odin",
        "tcpKeepAlive", "true",
        "connectTimeout", seconds,
        "loginTimeout", seconds,
        "socketTimeout", seconds,
        "sslResponseTimeout", milliseconds,
        "gssResponseTimeout", milliseconds);
  }

  @Override
  public String querySettings(PersistenceConfig config) {
    return PostgresSettings.ofQueries(config);
  }

  @Override
  public @Nullable Duration replyLimit(JdbcUrl url) {
    String seconds = url.parameters().get("socketTimeout");
    return seconds == null || !seconds.matches("\\d{1,6}")
        ? null
        : Duration.ofSeconds(Long.parseLong(seconds));
  }

  @Override
  public PrimaryCheck primaryCheck(Connection connection, int hosts) {
    return PostgresPrimaryCheck.INSTANCE;
  }

  @Override
  public boolean keepsSessions(DataSource plain) throws SQLException {
    return PostgresSessions.areKept(plain);
  }

  @Override
  public SQLException noPrimary() {
    return new SQLException("no host of the URL is a primary: each is a replica", READ_ONLY);
  }
}
