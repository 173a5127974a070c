package io.odin.persistence.sql.wakeup;

import io.odin.persistence.PersistenceConfig;
import io.odin.persistence.error.UnavailableException;
import io.odin.persistence.health.HealthReport.Finding;
import io.odin.persistence.health.HealthReport.Status;
import io.odin.persistence.sql.database.ConnectionSource;
import io.odin.persistence.sql.database.Dialect;
import io.odin.persistence.sql.database.MessageChannel;
import io.odin.persistence.sql.database.OwnSession;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives what other processes have added, on a thread and a connection of its own. A message that
 * this process sends itself has to arrive, at the beginning and from time to time; if it does not,
 * the connection is replaced. Thread-safe.
 */
final class Listener implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Listener.class);
  private static final String NAME = "task wake-ups";

  /** How long no message of its own may arrive before one is sent. */
  private static final Duration PROVED_FOR = Duration.ofSeconds(30);

  /** How long that message may take. */
  private static final Duration PROOF_WITHIN = Duration.ofSeconds(5);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  private final PersistenceConfig config;
  private final Dialect dialect;
  private final MessageChannel channel;
  private final ConnectionSource source;
  private final Outbox outbox;
  private final Subscriptions subscriptions;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;
  private volatile Optional<String> fault = Optional.of("does not listen yet");
  private volatile @Nullable Connection connection;
  private Duration pause = FIRST_PAUSE;
  private boolean isReported;

  /** Begins to listen. */
  Listener(
      PersistenceConfig config,
      Dialect dialect,
      MessageChannel channel,
      Outbox outbox,
      Subscriptions subscriptions) {
    this.config = config;
    this.dialect = dialect;
    this.channel = channel;
    this.outbox = outbox;
    this.subscriptions = subscriptions;
    source = new ConnectionSource(config, dialect);
    thread = Thread.ofPlatform().daemon().name("odin-wake-ups-in").start(this::run);
  }

  private void run() {
    try {
      do {
        listen();
        pause = min(pause.multipliedBy(2), LONGEST_PAUSE);
      } while (!closed.await(pause.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  /** Listens until it fails, or this is closed. */
  private void listen() {
    try {
      OwnSession.require(config, dialect);
      try (Connection own = source.getConnection()) {
        connection = own;
        channel.listen(own);
        receive(own);
      }
    } catch (SQLException | RuntimeException e) {
      failed(String.valueOf(e.getMessage()));
    }
  }

  private void receive(Connection own) throws SQLException {
    boolean isAwaited = sendProof();
    long end = System.nanoTime() + PROOF_WITHIN.toNanos();
    while (!isClosed()) {
      long left = end - System.nanoTime();
      if (left > 0) {
        for (String text : channel.receive(own, Duration.ofNanos(left))) {
          if (isProof(text)) {
            proved();
            isAwaited = false;
            end = System.nanoTime() + PROVED_FOR.toNanos();
          }
        }
      } else if (isAwaited) {
        failed("messages that this process has sent itself do not arrive");
        return;
      } else {
        isAwaited = sendProof();
        end = System.nanoTime() + PROOF_WITHIN.toNanos();
      }
    }
  }

  /** Whether a message was sent; not while all connections of the pool are in use. */
  private boolean sendProof() {
    try {
      outbox.sendProof();
      return true;
    } catch (UnavailableException e) {
      if (e.reason() == UnavailableException.Reason.POOL_EXHAUSTED) {
        return false;
      }
      throw e;
    }
  }

  /** Wakes for a message of another process; whether it is one of this. */
  private boolean isProof(String text) {
    Optional<WakeUpMessage> message = WakeUpMessage.of(text);
    boolean isOwn = message.filter(outbox::hasSent).isPresent();
    if (!isOwn) {
      message.map(WakeUpMessage::tasks).orElse(Map.of()).forEach(subscriptions::addedElsewhere);
    }
    return isOwn;
  }

  private void proved() {
    if (fault.isEmpty()) {
      return;
    }
    fault = Optional.empty();
    pause = FIRST_PAUSE;
    if (isReported) {
      LOG.info("Wake-ups of other processes arrive again");
      isReported = false;
    }
    // Nothing has said what was added until now.
    subscriptions.wakeAll();
  }

  private void failed(String reason) {
    if (isClosed()) {
      return;
    }
    fault = Optional.of(reason);
    if (!isReported) {
      LOG.warn("Wake-ups of other processes do not arrive; their tasks are polled: {}", reason);
      isReported = true;
    }
  }

  private boolean isClosed() {
    return closed.getCount() == 0;
  }

  /** Whether messages arrive. */
  Finding finding() {
    return fault
        .map(
            reason ->
                new Finding(
                    NAME,
                    Status.WARNING,
                    "those of other processes do not arrive: " + reason,
                    "tasks of other processes are polled meanwhile; a pooler between this program"
                        + " and the server has to keep a session for each connection"))
        .orElseGet(() -> new Finding(NAME, Status.OK, "those of other processes arrive", ""));
  }

  /** Ends the connection. */
  @Override
  public void close() {
    closed.countDown();
    try {
      Connection open = connection;
      if (open != null) {
        open.abort(Runnable::run);
      }
      thread.join(config.connectionTimeout().toMillis());
    } catch (SQLException e) {
      LOG.warn("The connection of the wake-ups could not be ended", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
