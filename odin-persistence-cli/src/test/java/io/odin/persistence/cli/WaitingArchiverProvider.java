package io.odin.persistence.cli;

import io.odin.persistence.history.HistoryEvent;
import io.odin.persistence.retention.ArchivedRun;
import io.odin.persistence.retention.Archiver;
import io.odin.persistence.retention.ArchiverProvider;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.value.Bytes;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** An archive that takes no run before it is interrupted: {@code --archive waiting:}. */
public final class WaitingArchiverProvider implements ArchiverProvider {

  @Override
  public String scheme() {
    return "waiting";
  }

  @Override
  public Archiver open(URI location) {
    return new WaitingArchiver();
  }

  private static final class WaitingArchiver implements Archiver {

    @Override
    public Bytes put(ArchivedRun run, Iterable<HistoryEvent> history) throws IOException {
      try {
        new CountDownLatch(1).await();
        throw new IllegalStateException("nothing counts down");
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      }
    }

    @Override
    public Optional<ArchivedRun> read(RunKey run, Consumer<HistoryEvent> history) {
      return Optional.empty();
    }

    @Override
    public void close() {}
  }
}
