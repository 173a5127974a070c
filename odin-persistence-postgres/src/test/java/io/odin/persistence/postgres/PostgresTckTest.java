package io.odin.persistence.postgres;

import io.odin.persistence.tck.EveryKit;
import io.odin.persistence.tck.OdinTck;
import org.junit.jupiter.api.extension.RegisterExtension;

// example: kit
/** The kit on the newest PostgreSQL. */
class PostgresTckTest extends EveryKit {

  @RegisterExtension
  static final OdinTck tck = OdinTck.of(new PostgresProvider(), TestPostgres.V18::database);
}
// end of kit
