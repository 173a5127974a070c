package io.odin.persistence.retention;

import io.odin.persistence.history.HistoryEvent;
import io.odin.persistence.internal.Require;
import io.odin.persistence.value.Bytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * The events of one run on their way into or out of an archive: checks that they are numbered from
 * 1 without gaps, and hashes what they contain, whatever form an archive gives it. Not thread-safe.
 */
public final class ArchivedEvents {

  private final MessageDigest digest = ArchiveFile.sha256();
  private long count;

  /** No event yet. */
  public ArchivedEvents() {}

  /**
   * Adds the next event.
   *
   * @throws IOException if it is not the next one
   */
  public void add(HistoryEvent event) throws IOException {
    long expected = count + 1;
    if (Require.nonNull("event", event).eventId() != expected) {
      throw new IOException(
          "event " + event.eventId() + " is where event " + expected + " belongs");
    }
    digest.update(ArchiveLines.canonicalEvent(event).getBytes(StandardCharsets.UTF_8));
    count = expected;
  }

  /** The number of events. */
  public long count() {
    return count;
  }

  /** The SHA-256 of the events, which is the same for equal events; ends the use of this object. */
  public Bytes checksum() {
    return Bytes.copyOf(digest.digest());
  }
}
