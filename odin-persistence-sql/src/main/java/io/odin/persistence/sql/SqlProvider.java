package io.odin.persistence.sql;

import io.odin.persistence.Capability;
import io.odin.persistence.Limits;
import io.odin.persistence.Persistence;
import io.odin.persistence.PersistenceConfig;
import io.odin.persistence.schema.Schema;
import io.odin.persistence.spi.PersistenceProvider;
import java.util.EnumSet;
import java.util.Set;

/**
 * A backend that is a dialect and nothing else. ServiceLoader wants a public constructor without
 * parameters of the class that extends it. Stateless and thread-safe.
 */
public abstract class SqlProvider implements PersistenceProvider {

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
    JdbcDriver.require(urlPrefix, dialect.driver());
    new OpenCheck(config, dialect).run();
    return new SqlPersistence(config, dialect, capabilities());
  }

  @Override
  public final Schema schema(PersistenceConfig config) {
    JdbcDriver.require(urlPrefix, dialect.driver());
    return new SqlSchema(config, dialect);
  }
}
