package io.odin.persistence.sql.retention;

import io.odin.persistence.error.Outcome;
import io.odin.persistence.error.PersistenceException;
import io.odin.persistence.error.UnavailableException;
import io.odin.persistence.error.UnavailableException.Reason;
import io.odin.persistence.execution.WorkflowExecution;
import io.odin.persistence.history.HistoryEvent;
import io.odin.persistence.retention.ArchivedEvents;
import io.odin.persistence.retention.ArchivedRun;
import io.odin.persistence.retention.Archiver;
import io.odin.persistence.value.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Stores a run with an archiver of the caller, and reads it back. Whatever the archiver does, a run
 * that it does not hand out as it was stored is refused. Not thread-safe.
 */
final class ArchiveCall {

  private final Archiver archiver;
  private final WorkflowExecution run;
  private final ArchivedRun archived;

  ArchiveCall(Archiver archiver, WorkflowExecution run) {
    this.archiver = archiver;
    this.run = run;
    archived = new ArchivedRun(run.key(), run.definition(), run.state());
  }

  /**
   * Stores the run and reads it back.
   *
   * @param events how many the history has
   * @return the checksum of the events
   */
  Bytes put(Iterable<HistoryEvent> history, long events) {
    ArchivedEvents sent = new ArchivedEvents();
    @Nullable Bytes confirmed;
    try {
      confirmed = archiver.put(archived, () -> adding(sent, history.iterator()));
    } catch (PersistenceException e) {
      // Of reading the history, which this thread did for the archiver: nothing was written.
      throw e.withOutcome(Outcome.NOT_APPLIED);
    } catch (Throwable e) {
      // Whatever it is, an Error too: the run is not archived.
      throw refused("put", "threw " + e, e);
    }
    if (confirmed == null) {
      throw refused("put", "returned no checksum", null);
    }
    if (sent.count() != events) {
      throw refused("put", "took " + sent.count() + " of " + events + " events", null);
    }
    Bytes checksum = sent.checksum();
    verify(checksum);
    return checksum;
  }

  /** Reads the run, and fails unless it is this run with the events of a checksum. */
  void verify(Bytes checksum) {
    ArchivedEvents read = new ArchivedEvents();
    Optional<ArchivedRun> found;
    try {
      // An archiver of a caller without null checks may return null.
      found =
          Stream.ofNullable(archiver.read(run.key(), event -> add(read, event)))
              .flatMap(Optional::stream)
              .findFirst();
    } catch (Throwable e) {
      throw refused("read", "threw " + e, e);
    }
    if (found.isEmpty()) {
      throw refused("read", "found nothing", null);
    }
    if (!found.get().equals(archived)) {
      throw refused("read", "found another run, or another state of it", null);
    }
    if (!read.checksum().equals(checksum)) {
      throw refused("read", "found other events than were stored", null);
    }
  }

  private static Iterator<HistoryEvent> adding(ArchivedEvents sent, Iterator<HistoryEvent> events) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return events.hasNext();
      }

      @Override
      public HistoryEvent next() {
        HistoryEvent event = events.next();
        add(sent, event);
        return event;
      }
    };
  }

  private static void add(ArchivedEvents events, HistoryEvent event) {
    try {
      events.add(event);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private UnavailableException refused(String method, String reason, @Nullable Throwable cause) {
    return new UnavailableException(
        Reason.ARCHIVE,
        "the archive does not hold %s as it is, which stays: %s of %s %s"
            .formatted(run.key(), method, archiver.getClass().getName(), reason),
        cause);
  }
}
