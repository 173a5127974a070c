package io.odin.persistence.tck.harness;

import io.odin.persistence.Persistence;
import io.odin.persistence.PersistenceConfig;
import io.odin.persistence.spi.PersistenceProvider;
import io.odin.persistence.tck.database.TckDatabase;
import java.util.function.UnaryOperator;

/**
 * A database with the schema applied, and the stores on it. Closing it closes the stores and
 * removes the database.
 *
 * @param database the database itself
 * @param config the configuration of the stores
 * @param persistence the stores
 */
public record OpenDatabase(TckDatabase database, PersistenceConfig config, Persistence persistence)
    implements AutoCloseable {

  /** Applies the schema to an empty database and opens the stores. */
  public static OpenDatabase open(
      PersistenceProvider provider,
      TckDatabase database,
      UnaryOperator<PersistenceConfig.Builder> settings) {
    PersistenceConfig config = settings.apply(database.config().toBuilder()).build();
    try {
      provider.schema(config).migrate();
      return new OpenDatabase(database, config, provider.open(config));
    } catch (RuntimeException | Error e) {
      database.close();
      throw e;
    }
  }

  @Override
  public void close() {
    try {
      persistence.close();
    } finally {
      database.close();
    }
  }
}
