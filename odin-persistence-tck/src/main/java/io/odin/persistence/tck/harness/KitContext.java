package io.odin.persistence.tck.harness;

import io.odin.persistence.spi.PersistenceProvider;
import io.odin.persistence.tck.database.TckDatabase;

/** Provides the kits with the backend, its databases and unused shards. */
public interface KitContext {

  /** The backend under test. */
  PersistenceProvider provider();

  /** The database that all scenarios share. */
  OpenDatabase shared();

  /** A new database without a schema, which the caller closes. */
  TckDatabase newDatabase();

  /**
   * The id of a shard of the shared database that this method has not returned before.
   *
   * @throws IllegalStateException if there is none left
   */
  int nextShard();
}
