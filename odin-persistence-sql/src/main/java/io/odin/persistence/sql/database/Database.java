package io.odin.persistence.sql.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.odin.persistence.PersistenceConfig;
import io.odin.persistence.error.PersistenceClosedException;
import io.odin.persistence.error.PersistenceException;
import io.odin.persistence.error.UnavailableException;
import io.odin.persistence.error.UnavailableException.Reason;
import io.odin.persistence.sql.database.ExceptionTranslator.Phase;
import io.odin.persistence.sql.statement.Step;
import io.odin.persistence.sql.statement.Write;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The one place that every operation goes through: it takes a connection, retries what may be
 * retried, translates errors and notifies the observer. Thread-safe.
 */
public final class Database implements AutoCloseable {

  private static final int MAXIMUM_ATTEMPTS = 6;
  private static final long FIRST_PAUSE_NANOS = Duration.ofMillis(4).toNanos();
  private static final AtomicInteger DEFAULT_POOL_NAMES = new AtomicInteger();

  private final Dialect dialect;
  private final Notifier observer;
  private final HikariDataSource pool;
  // Null if there is only one host: any of several can become the primary while the sessions of the
  // former one go on.
  private final @Nullable ConnectionSource severalHosts;
  private final long pageBytes;
  private final LastResponses responses = new LastResponses();
  private final Distance distance;
  private final SearchShare searches;
  private final Duration searchTimeout;

  private Database(
      Dialect dialect,
      PersistenceConfig config,
      Distance distance,
      HikariDataSource pool,
      @Nullable ConnectionSource severalHosts) {
    this.distance = distance;
    this.dialect = dialect;
    observer = new Notifier(config.observer());
    this.pool = pool;
    this.severalHosts = severalHosts;
    pageBytes = config.limits().pageBytes();
    searches = new SearchShare(config.maximumPoolSize(), config.connectionTimeout());
    searchTimeout = Collections.min(List.of(config.searchTimeout(), config.statementTimeout()));
  }

  /** Connects in the background. */
  public Database(PersistenceConfig config, Dialect dialect) {
    this(dialect, config, new Distance());
  }

  private Database(Dialect dialect, PersistenceConfig config, Distance distance) {
    this(dialect, config, distance, ConnectionSource.forPool(config, dialect, distance));
  }

  private Database(
      Dialect dialect, PersistenceConfig config, Distance distance, ConnectionSource source) {
    this(
        dialect,
        config,
        distance,
        pool(config, dialect, source),
        source.hasSeveralHosts() ? source : null);
  }

  /** No server: for stores of which only the statements are read. */
  public static Database unconnected(Dialect dialect) {
    PersistenceConfig config = PersistenceConfig.builder(dialect.connector().urlPrefix()).build();
    return new Database(dialect, config, new Distance(), new HikariDataSource(), null);
  }

  private static HikariDataSource pool(
      PersistenceConfig config, Dialect dialect, ConnectionSource source) {
    HikariConfig hikari = new HikariConfig();
    hikari.setPoolName(config.poolName().orElseGet(() -> defaultPoolName(dialect)));
    hikari.setDataSource(source);
    hikari.setMaximumPoolSize(config.maximumPoolSize());
    hikari.setConnectionTimeout(config.connectionTimeout().toMillis());
    hikari.setValidationTimeout(Math.max(250, config.connectionTimeout().toMillis() / 2));
    // The caller has connected once already; the pool fills in the background.
    hikari.setInitializationFailTimeout(-1);
    return new HikariDataSource(hikari);
  }

  private static String defaultPoolName(Dialect dialect) {
    return "odin-" + dialect.name() + "-" + DEFAULT_POOL_NAMES.incrementAndGet();
  }

  /** What an operation does with its connection. */
  @FunctionalInterface
  public interface Work<T> {
    T run(Session session) throws SQLException;
  }

  /** The result of a write. */
  @FunctionalInterface
  public interface Outcome<T> {

    /** Makes the outcome of the results, and may ask for the reason if they are not as expected. */
    T of(Session session, List<Step.Result> results) throws SQLException;
  }

  private enum Mode {
    READ,
    SCAN,
    SEARCH,
    STATEMENT,
    TRANSACTION;

    /** Whether it reads so much that it must leave connections for others. */
    boolean readsMuch() {
      return this == SEARCH || this == SCAN;
    }
  }

  /** Reads, each statement for itself. */
  public <T> T read(String operation, Work<T> work) {
    return observed(operation, Mode.READ, work);
  }

  /** Reads as {@link #read} does, and so much that it takes a turn with searches. */
  public <T> T scan(String operation, Work<T> work) {
    return observed(operation, Mode.SCAN, work);
  }

  /** Reads with {@link Session#search}, each for itself. */
  public <T> T search(String operation, Work<T> work) {
    return observed(operation, Mode.SEARCH, work);
  }

  /**
   * Writes what is known beforehand. One statement is its own transaction wherever that is safe,
   * which is one round trip: see {@link Dialect#writeMode}. Several are one transaction.
   *
   * @param outcome made of the results of the write's first steps
   */
  public <T> T write(String operation, Write write, Outcome<T> outcome) {
    return observed(
        operation,
        write.isOneStatement() ? Mode.STATEMENT : Mode.TRANSACTION,
        session -> outcome.of(session, session.write(write)));
  }

  /** Writes with one statement, and says how many rows it has changed. */
  public long write(String operation, Step step) {
    return write(operation, Write.of(step), (session, results) -> results.getFirst().count());
  }

  /**
   * Writes what depends on what the work reads, in one transaction; rolled back if the work throws.
   */
  public <T> T transaction(String operation, Work<T> work) {
    return observed(operation, Mode.TRANSACTION, work);
  }

  /** Runs an operation of several transactions, and reports how far it has come if it fails. */
  public <T> T inParts(Function<Parts, T> operation) {
    Parts parts = new Parts(this);
    try {
      return operation.apply(parts);
    } catch (PersistenceException e) {
      throw parts.ofTheWhole(e);
    }
  }

  private <T> T observed(String operation, Mode mode, Work<T> work) {
    long start = System.nanoTime();
    int attempt = 1;
    @Nullable Throwable failure = null;
    boolean hasTurn = false;
    try {
      if (mode.readsMuch()) {
        takeTurn();
        hasTurn = true;
      }
      while (true) {
        // Has waited long enough by itself: what it throws is not retried.
        Connection connection = borrow();
        try {
          return attempt(connection, operation, mode, work);
        } catch (PersistenceException e) {
          if (!isWorthAnother(attempt, e)) {
            throw e;
          }
        }
        pause(attempt++);
      }
    } catch (RuntimeException | Error e) {
      failure = e;
      throw e;
    } finally {
      if (hasTurn) {
        searches.release();
      }
      observer.completed(operation, start, attempt, failure);
    }
  }

  private void takeTurn() {
    requireOpen();
    searches.acquire();
  }

  private void requireOpen() {
    if (pool.isClosed()) {
      throw new PersistenceClosedException();
    }
  }

  private <T> T attempt(Connection connection, String operation, Mode mode, Work<T> work) {
    Session session =
        new Session(connection, dialect, responses, distance.roundTrip(), pageBytes, searchTimeout);
    try (connection;
        session) {
      if (severalHosts != null && !severalHosts.isStillPrimary(connection)) {
        throw dialect.connector().noPrimary();
      }
      switch (mode) {
        case READ, SCAN, SEARCH -> session.beginReading();
        case STATEMENT -> session.beginStatement();
        case TRANSACTION -> session.beginTransaction();
      }
      T result = work.run(session);
      session.end();
      return result;
    } catch (SQLException e) {
      evictIfUnfit(connection, e);
      throw ExceptionTranslator.translate(operation, dialect, session.phase(), e);
    }
  }

  private Connection borrow() {
    requireOpen();
    try {
      return pool.getConnection();
    } catch (SQLException e) {
      if (pool.isClosed()) {
        throw new PersistenceClosedException();
      }
      // The pool hides why it has no connection to give in the cause, if it could not make one.
      if (e.getCause() instanceof SQLException cause) {
        evictIfDead(cause);
        throw ExceptionTranslator.translate("connecting", dialect, Phase.BEFORE_COMMIT, cause);
      }
      if (pool.getDataSource() instanceof ConnectionSource source && source.awaitsCredentials()) {
        throw new UnavailableException(
            Reason.CONNECTION, "the supplier of credentials has not returned in time", e);
      }
      throw new UnavailableException(
          Reason.POOL_EXHAUSTED,
          "no connection came free in time: all "
              + pool.getMaximumPoolSize()
              + " are in use; raise maximumPoolSize, or call from fewer threads",
          e);
    }
  }

  /**
   * If the network fails for a new connection, the others are dead, and each would be waited for.
   */
  private void evictIfDead(SQLException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException) {
        pool.getHikariPoolMXBean().softEvictConnections();
        return;
      }
    }
  }

  /**
   * A server that went away, or became a replica, has taken all its connections with it: do not
   * hand out the others.
   */
  private void evictIfUnfit(Connection connection, SQLException e) {
    switch (dialect.classify(e)) {
      case READ_ONLY -> {
        pool.evictConnection(connection);
        pool.getHikariPoolMXBean().softEvictConnections();
      }
      // Every connection has such plans; a new one has none.
      case CONNECTION_REFUSED, CONNECTION_LOST, STALE_PLAN ->
          pool.getHikariPoolMXBean().softEvictConnections();
      default -> {}
    }
  }

  private static boolean isWorthAnother(int attempt, PersistenceException failure) {
    return failure instanceof UnavailableException unavailable
        && switch (unavailable.reason()) {
          case DEADLOCK, SERIALIZATION -> attempt < MAXIMUM_ATTEMPTS;
          // The connection had died in the pool, with all others: the next one is new.
          case CONNECTION -> attempt == 1;
          // The session may be older than the end of what switched it; another host may be the
          // primary. The next connection is new.
          case READ_ONLY -> attempt == 1;
          case LOCK_TIMEOUT,
              STATEMENT_TIMEOUT,
              POOL_EXHAUSTED,
              SEARCHES_EXHAUSTED,
              RESOURCES,
              ARCHIVE ->
              false;
        };
  }

  /**
   * Waits 2 to 4 ms after the first attempt and twice as long after each further one; jitter
   * separates competing transactions.
   */
  private static void pause(int attempt) {
    long longest = FIRST_PAUSE_NANOS << (attempt - 1);
    LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(longest / 2, longest));
  }

  @Override
  public void close() {
    pool.close();
  }
}
