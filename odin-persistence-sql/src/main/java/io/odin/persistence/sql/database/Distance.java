package io.odin.persistence.sql.database;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;

/**
 * How long a round trip to the server of a pool takes, by the connections that were made last: a
 * pool makes new ones all the time. Thread-safe.
 */
final class Distance {

  /** Of which the shortest counts: a busy machine makes others longer. */
  private static final int CONNECTIONS = 8;

  private final Deque<Duration> latest = new ArrayDeque<>();
  private volatile Duration roundTrip = Duration.ZERO;

  /**
   * A new connection has been measured.
   *
   * @param time its round trip; after a zero it stays zero, since other connections may still be in
   *     use when one is found that must be treated as near
   */
  synchronized void measured(Duration time) {
    if (!latest.isEmpty() && roundTrip.isZero()) {
      return;
    }
    latest.addLast(time);
    if (latest.size() > CONNECTIONS) {
      latest.removeFirst();
    }
    roundTrip = Collections.min(latest);
  }

  /** The time of a round trip; zero if it is not known, or if nothing depends on it. */
  Duration roundTrip() {
    return roundTrip;
  }
}
