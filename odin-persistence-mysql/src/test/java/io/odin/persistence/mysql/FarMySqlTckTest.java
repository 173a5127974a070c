package io.odin.persistence.mysql;

import io.odin.persistence.sql.SqlProvider;
import io.odin.persistence.tck.EveryKit;
import io.odin.persistence.tck.OdinTck;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The kit on MySQL, with statements sent as to a server that is far. */
@Tag("far-mysql")
class FarMySqlTckTest extends EveryKit {

  @RegisterExtension static final OdinTck tck = OdinTck.of(new FarProvider(), TestMySql::database);

  /** To which every server is far. */
  private static final class FarProvider extends SqlProvider {
    FarProvider() {
      super(new MySqlDialect(Duration.ZERO), new MySqlTasks());
    }
  }
}
