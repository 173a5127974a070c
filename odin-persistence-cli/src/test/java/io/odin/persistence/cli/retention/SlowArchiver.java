package io.odin.persistence.cli.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.odin.persistence.history.HistoryEvent;
import io.odin.persistence.retention.ArchivedRun;
import io.odin.persistence.retention.Archiver;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.shard.ShardAcquisition;
import io.odin.persistence.shard.ShardStore;
import io.odin.persistence.value.Bytes;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** Takes a run when the lease that it began under would long be over. */
final class SlowArchiver implements Archiver {

  private static final int SHARD = 0;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final ShardStore shards;
  private final Duration longer;
  private final Archiver archive;

  SlowArchiver(ShardStore shards, Duration longer, Archiver archive) {
    this.shards = shards;
    this.longer = longer;
    this.archive = archive;
  }

  @Override
  public Bytes put(ArchivedRun run, Iterable<HistoryEvent> history) throws IOException {
    Instant over = leaseEnd().plus(longer);
    long begin = System.nanoTime();
    while (leaseEnd().isBefore(over) && System.nanoTime() - begin < PATIENCE.toNanos()) {
      assertThat(shards.acquire(SHARD, "engine", PATIENCE))
          .isInstanceOf(ShardAcquisition.HeldByAnother.class);
    }
    assertThat(leaseEnd()).isAfterOrEqualTo(over);
    return archive.put(run, history);
  }

  private Instant leaseEnd() {
    return shards.find(SHARD).orElseThrow().leaseExpiresAt().orElseThrow();
  }

  @Override
  public Optional<ArchivedRun> read(RunKey run, Consumer<HistoryEvent> history) throws IOException {
    return archive.read(run, history);
  }

  @Override
  public void close() {
    archive.close();
  }
}
