package io.odin.persistence.postgres.schema;

import io.odin.persistence.Credentials;
import io.odin.persistence.Persistence;
import io.odin.persistence.PersistenceConfig;
import io.odin.persistence.postgres.PostgresTckDatabase;
import io.odin.persistence.postgres.StandInProvider;
import io.odin.persistence.postgres.TestPostgres;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The backend as it is to be run: the schema belongs to another role than the stores work as
 * (SE-01).
 */
public final class AppRoleProvider extends StandInProvider {

  private final TestPostgres version;
  private final Set<String> granted = ConcurrentHashMap.newKeySet();

  public AppRoleProvider(TestPostgres version) {
    this.version = version;
  }

  @Override
  public Persistence open(PersistenceConfig config) {
    // The host may be a proxy before the server, and the URL may be one that a test has damaged.
    String database = config.url().replaceFirst("[?].*", "").replaceFirst(".*/", "");
    if (version.server().isOfTests(database) && granted.add(database)) {
      OdinRoles.grant(new PostgresTckDatabase(version.server(), database).config());
    }
    return super.open(config.toBuilder().credentials(() -> asApp(config)).build());
  }

  /** The supplier of the test is asked all the same: it may fail, and that is what is tested. */
  private Credentials asApp(PersistenceConfig config) {
    Credentials supplied = config.credentials().get();
    return version.server().superuser().equals(supplied)
        ? OdinRoles.ODIN_APP.credentials()
        : supplied;
  }
}
