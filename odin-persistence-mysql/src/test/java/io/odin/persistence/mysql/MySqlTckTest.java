package io.odin.persistence.mysql;

import io.odin.persistence.tck.EveryKit;
import io.odin.persistence.tck.OdinTck;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The kit on MySQL. */
class MySqlTckTest extends EveryKit {

  @RegisterExtension
  static final OdinTck tck = OdinTck.of(new MySqlProvider(), TestMySql::database);
}
