package io.odin.persistence.sql.history;

import io.odin.persistence.execution.CreateRun;
import io.odin.persistence.shard.ShardLease;

/**
 * Writes a whole run that was made elsewhere; see {@link
 * io.odin.persistence.history.HistoryStore#importRun}.
 */
@FunctionalInterface
public interface RunImport {

  /** Writes the run in one transaction. */
  void importRun(ShardLease shard, CreateRun run);
}
