package io.odin.persistence.postgres;

import io.odin.persistence.Capability;
import io.odin.persistence.Limits;
import io.odin.persistence.Persistence;
import io.odin.persistence.PersistenceConfig;
import io.odin.persistence.schema.Schema;
import io.odin.persistence.spi.PersistenceProvider;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The backend as it is to be run: the schema belongs to another role than the stores work as
 * (SE-01).
 */
final class AppRoleProvider implements PersistenceProvider {

  private final PostgresProvider real = new PostgresProvider();
  private final Set<String> granted = ConcurrentHashMap.newKeySet();

  @Override
  public String name() {
    return real.name();
  }

  @Override
  public boolean accepts(String url) {
    return real.accepts(url);
  }

  @Override
  public Set<Capability> capabilities() {
    return real.capabilities();
  }

  @Override
  public Limits limits() {
    return real.limits();
  }

  @Override
  public Persistence open(PersistenceConfig config) {
    // Another place may be a proxy before a database that is known already.
    String database = config.url().replaceFirst(".*/", "");
    if (granted.add(database)) {
      OdinRoles.grant(config);
    }
    return real.open(OdinRoles.ODIN_APP.as(config));
  }

  @Override
  public Schema schema(PersistenceConfig config) {
    return real.schema(config);
  }
}
