package io.odin.persistence.postgres;

import io.odin.persistence.Persistence;
import io.odin.persistence.PersistenceConfig;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The backend as it is to be run: the schema belongs to another role than the stores work as
 * (SE-01).
 */
final class AppRoleProvider extends StandInProvider {

  private final Set<String> granted = ConcurrentHashMap.newKeySet();

  @Override
  public Persistence open(PersistenceConfig config) {
    // Another place may be a proxy before a database that is known already.
    String database = config.url().replaceFirst(".*/", "");
    if (granted.add(database)) {
      OdinRoles.grant(config);
    }
    return super.open(OdinRoles.ODIN_APP.as(config));
  }
}
