package io.odin.persistence.retention;

import io.odin.persistence.error.InvalidRequestException;
import io.odin.persistence.history.HistoryEvent;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.value.Bytes;
import java.util.Optional;
import java.util.function.Consumer;

/** Refuses every run. */
enum NoArchiver implements Archiver {
  INSTANCE;

  @Override
  public Bytes put(ArchivedRun run, Iterable<HistoryEvent> history) {
    throw new InvalidRequestException(
        "archiver", "is none, but the namespace archives its runs: name an archive");
  }

  @Override
  public Optional<ArchivedRun> read(RunKey run, Consumer<HistoryEvent> history) {
    return Optional.empty();
  }

  @Override
  public void close() {}
}
