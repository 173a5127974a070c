package io.odin.persistence.postgres;

import io.odin.persistence.postgres.schema.AppRoleProvider;
import io.odin.persistence.tck.EveryKit;
import io.odin.persistence.tck.OdinTck;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The kit on the oldest PostgreSQL that is supported, as the role odin_app, where neither JVM nor
 * server keep sensible time zones.
 */
@Tag("oldest-postgres")
@ExtendWith(HostileTimeZone.class)
class Postgres14TckTest extends EveryKit {

  @RegisterExtension
  static final OdinTck tck =
      OdinTck.of(
          new AppRoleProvider(TestPostgres.V14),
          () -> TestPostgres.V14.database().with("timezone", "Pacific/Apia"));
}
