package io.odin.persistence.cli.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.odin.persistence.Bytes;
import io.odin.persistence.execution.RunKey;
import io.odin.persistence.history.HistoryEvent;
import io.odin.persistence.retention.ArchivedRun;
import io.odin.persistence.retention.Archiver;
import io.odin.persistence.shard.ShardAcquisition;
import io.odin.persistence.shard.ShardStore;
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

  SlowArchiver(ShardStore shards, Duration longer) {
    this.shards = shards;
    this.longer = longer;
  }

  @Override
  public Bytes put(ArchivedRun run, Iterable<HistoryEvent> history) {
    Instant over = leaseEnd().plus(longer);
    long begin = System.nanoTime();
    while (leaseEnd().isBefore(over) && System.nanoTime() - begin < PATIENCE.toNanos()) {
      assertThat(shards.acquire(SHARD, "engine", PATIENCE))
          .isInstanceOf(ShardAcquisition.HeldByAnother.class);
    }
    assertThat(leaseEnd()).isAfterOrEqualTo(over);
    return Bytes.copyOf(new byte[32]);
  }

  private Instant leaseEnd() {
    return shards.find(SHARD).orElseThrow().leaseExpiresAt().orElseThrow();
  }

  @Override
  public Optional<ArchivedRun> read(RunKey run, Consumer<HistoryEvent> history) {
    return Optional.empty();
  }

  @Override
  public void close() {}
}
