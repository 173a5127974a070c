package io.odin.persistence.tck;

import io.odin.persistence.spi.PersistenceProvider;
import io.odin.persistence.tck.database.TckDatabase;
import io.odin.persistence.tck.harness.KitContext;
import io.odin.persistence.tck.harness.OpenDatabase;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The context of one backend: it opens and closes the database that its scenarios share. */
final class BackendContext implements KitContext {

  private static final int SHARDS = 512;

  private final PersistenceProvider provider;
  private final Supplier<? extends TckDatabase> databases;
  private final AtomicInteger nextShard = new AtomicInteger(SHARDS / 2);
  private @Nullable OpenDatabase shared;

  BackendContext(PersistenceProvider provider, Supplier<? extends TckDatabase> databases) {
    this.provider = provider;
    this.databases = databases;
  }

  void open() {
    shared = OpenDatabase.open(provider, newDatabase(), settings -> settings.shardCount(SHARDS));
  }

  void close() {
    if (shared != null) {
      shared.close();
      shared = null;
    }
  }

  @Override
  public PersistenceProvider provider() {
    return provider;
  }

  @Override
  public OpenDatabase shared() {
    if (shared == null) {
      throw new IllegalStateException("the shared database is open only while the class runs");
    }
    return shared;
  }

  @Override
  public TckDatabase newDatabase() {
    return databases.get();
  }

  @Override
  public int nextShard() {
    int shard = nextShard.getAndIncrement();
    if (shard >= SHARDS) {
      throw new IllegalStateException("no shard is left: increase the number of shards of the kit");
    }
    return shard;
  }
}
