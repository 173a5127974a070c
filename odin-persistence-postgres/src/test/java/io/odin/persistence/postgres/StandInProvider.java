package io.odin.persistence.postgres;

import io.odin.persistence.Limits;
import io.odin.persistence.Persistence;
import io.odin.persistence.PersistenceConfig;
import io.odin.persistence.schema.Schema;
import io.odin.persistence.spi.PersistenceProvider;
import io.odin.persistence.value.Capability;
import java.util.Set;

/** A provider that does as the backend does, for tests in which something is different. */
public abstract class StandInProvider implements PersistenceProvider {

  private final PostgresProvider real = new PostgresProvider();

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
    return real.open(config);
  }

  @Override
  public Schema schema(PersistenceConfig config) {
    return real.schema(config);
  }
}
