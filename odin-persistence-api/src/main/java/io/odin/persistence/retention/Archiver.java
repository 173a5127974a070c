package io.odin.persistence.retention;

import io.odin.persistence.Bytes;
import io.odin.persistence.execution.RunKey;
import io.odin.persistence.history.HistoryEvent;
import io.odin.persistence.internal.Require;
import io.odin.persistence.spi.ArchiverProvider;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.function.Consumer;

/** Keeps runs that the database no longer holds. Thread-safe. */
public interface Archiver extends AutoCloseable {

  /**
   * Opens an archive. The scheme says which kind: {@code file:/var/odin/archive} is a directory;
   * others come with an {@link ArchiverProvider} on the class path. The rest of the location is the
   * kind's own, its settings included.
   *
   * @throws io.odin.persistence.error.InvalidRequestException if the location has no scheme, or one
   *     that no provider takes, listing those found; or if it is none that can be written to
   */
  static Archiver open(URI location) {
    return ArchiverProvider.find(Require.nonNull("location", location)).open(location);
  }

  /** No archive: refuses every run, and is right where no namespace archives. */
  static Archiver none() {
    return NoArchiver.INSTANCE;
  }

  /**
   * Stores a run, so that it outlives a crash of this process and of this machine, and makes sure
   * that it can be read. The same run again takes the place of the first: it is there once.
   *
   * @param history its events in order; read from the database while it is walked, so only once
   * @return the SHA-256 of what was stored
   * @throws IOException if the run was not stored, or cannot be read back
   */
  Bytes put(ArchivedRun run, Iterable<HistoryEvent> history) throws IOException;

  /**
   * Reads a run; empty if it is not there.
   *
   * @param history given the events in order, which are to be trusted when this method has returned
   * @throws IOException if what is stored cannot be read, or is not what was stored
   */
  Optional<ArchivedRun> read(RunKey run, Consumer<HistoryEvent> history) throws IOException;

  /** Gives up whatever was held for writing. */
  @Override
  void close();
}
