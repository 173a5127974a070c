package io.odin.persistence.retention;

import io.odin.persistence.history.HistoryEvent;
import io.odin.persistence.internal.Require;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.value.Bytes;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.function.Consumer;

/** An archive of runs that retention deletes from the database. Thread-safe. */
public interface Archiver extends AutoCloseable {

  /**
   * Opens an archive. The scheme selects the kind: {@code file:/var/odin/archive} is a directory;
   * others come with an {@link ArchiverProvider} on the class path. The provider interprets the
   * rest of the location, including its settings.
   *
   * @throws io.odin.persistence.error.InvalidRequestException if the location has no scheme, or one
   *     that no provider accepts, listing those found; or if it is not writable
   */
  static Archiver open(URI location) {
    return ArchiverProvider.find(Require.nonNull("location", location)).open(location);
  }

  /** No archive: refuses every run. For deployments in which no namespace archives. */
  static Archiver none() {
    return NoArchiver.INSTANCE;
  }

  /**
   * Stores a run durably and checks that it can be read. Idempotent: the same run again replaces
   * the first. Retention then reads it with {@link #read} and keeps the run in the database unless
   * that is what it has sent.
   *
   * @param history its events in order; they are read from the database during the iteration, which
   *     is possible only once
   * @return the SHA-256 of what was stored, in the form in which it was stored. Retention keeps a
   *     run for which this is null, or for which anything is thrown
   * @throws IOException if the run was not stored, or cannot be read back
   */
  Bytes put(ArchivedRun run, Iterable<HistoryEvent> history) throws IOException;

  /**
   * Reads what was stored for a run; empty if it is not in the archive. {@link ArchivedEvents}
   * checks the numbers of the events.
   *
   * @param history receives the events in order; they are valid only after this method has returned
   * @throws IOException if the stored run cannot be read, is another run, or has changed
   */
  Optional<ArchivedRun> read(RunKey run, Consumer<HistoryEvent> history) throws IOException;

  /** Releases the resources. */
  @Override
  void close();
}
