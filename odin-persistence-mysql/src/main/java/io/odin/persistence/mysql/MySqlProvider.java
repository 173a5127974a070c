package io.odin.persistence.mysql;

import io.odin.persistence.Capability;
import io.odin.persistence.Limits;
import io.odin.persistence.Persistence;
import io.odin.persistence.PersistenceConfig;
import io.odin.persistence.schema.Schema;
import io.odin.persistence.spi.PersistenceProvider;
import io.odin.persistence.sql.SqlPersistence;
import java.util.EnumSet;
import java.util.Set;

/** Opens MySQL 8.0.19 and later. Stateless and thread-safe. */
public final class MySqlProvider implements PersistenceProvider {

  private static final MySqlDialect DIALECT = new MySqlDialect();

  /** For ServiceLoader. */
  public MySqlProvider() {}

  @Override
  public String name() {
    return DIALECT.name();
  }

  @Override
  public boolean accepts(String url) {
    return url.startsWith("jdbc:mysql:");
  }

  @Override
  public Set<Capability> capabilities() {
    return EnumSet.allOf(Capability.class);
  }

  @Override
  public Limits limits() {
    return Limits.DEFAULTS;
  }

  @Override
  public Persistence open(PersistenceConfig config) {
    return SqlPersistence.open(config, DIALECT, capabilities());
  }

  @Override
  public Schema schema(PersistenceConfig config) {
    return SqlPersistence.schema(config, DIALECT);
  }
}
