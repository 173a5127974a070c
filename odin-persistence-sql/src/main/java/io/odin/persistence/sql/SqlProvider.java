package io.odin.persistence.sql;

import io.odin.persistence.Capability;
import io.odin.persistence.Limits;
import io.odin.persistence.Persistence;
import io.odin.persistence.PersistenceConfig;
import io.odin.persistence.error.BackendFailureException;
import io.odin.persistence.schema.Schema;
import io.odin.persistence.spi.PersistenceProvider;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.Set;

/**
 * A backend that is a dialect and nothing else. ServiceLoader wants a public constructor without
 * parameters of the class that extends it. Stateless and thread-safe.
 */
public abstract class SqlProvider implements PersistenceProvider {

  /** The standard's SQLSTATE where a client cannot connect, as DriverManager has it. */
  private static final String NO_CONNECTION = "08001";

  private final Dialect dialect;
  private final String urlPrefix;

  /**
   * Of one database.
   *
   * @param urlPrefix how its JDBC URLs begin, such as {@code jdbc:postgresql:}
   */
  protected SqlProvider(Dialect dialect, String urlPrefix) {
    this.dialect = dialect;
    this.urlPrefix = urlPrefix;
  }

  @Override
  public final String name() {
    return dialect.name();
  }

  @Override
  public final boolean accepts(String url) {
    return url.startsWith(urlPrefix);
  }

  @Override
  public final Set<Capability> capabilities() {
    return EnumSet.allOf(Capability.class);
  }

  @Override
  public final Limits limits() {
    return Limits.DEFAULTS;
  }

  @Override
  public final Persistence open(PersistenceConfig config) {
    requireDriver();
    new OpenCheck(config, dialect).run();
    return new SqlPersistence(config, dialect, capabilities());
  }

  @Override
  public final Schema schema(PersistenceConfig config) {
    requireDriver();
    return new SqlSchema(config, dialect);
  }

  /** DriverManager's own message has the whole URL, in which there may be a password. */
  private void requireDriver() {
    try {
      DriverManager.getDriver(urlPrefix + "//localhost/odin");
    } catch (SQLException e) {
      throw new BackendFailureException(
          NO_CONNECTION,
          "the class path has no JDBC driver for %s URLs: add %s to it"
              .formatted(urlPrefix, dialect.driver()),
          e);
    }
  }
}
