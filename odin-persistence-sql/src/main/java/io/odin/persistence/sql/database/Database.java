package io.odin.persistence.sql.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.odin.persistence.OperationObserver;
import io.odin.persistence.OperationObserver.Operation;
import io.odin.persistence.PersistenceConfig;
import io.odin.persistence.error.PersistenceClosedException;
import io.odin.persistence.error.PersistenceException;
import io.odin.persistence.error.UnavailableException;
import io.odin.persistence.error.UnavailableException.Reason;
import io.odin.persistence.sql.database.ExceptionTranslator.Phase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
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
  private final OperationObserver observer;
  private final HikariDataSource pool;
  private final LastResponses responses = new LastResponses();

  private Database(Dialect dialect, OperationObserver observer, HikariDataSource pool) {
    this.dialect = dialect;
    this.observer = observer;
    this.pool = pool;
  }

  /** Connects in the background. */
  public Database(PersistenceConfig config, Dialect dialect) {
    this(dialect, config.observer(), pool(config, dialect));
  }

  /** No server: for stores of which only the statements are read. */
  public static Database unconnected(Dialect dialect) {
    return new Database(dialect, operation -> {}, new HikariDataSource());
  }

  private static HikariDataSource pool(PersistenceConfig config, Dialect dialect) {
    HikariConfig hikari = new HikariConfig();
    hikari.setPoolName(config.poolName().orElseGet(() -> defaultPoolName(dialect)));
    hikari.setDataSource(new ConnectionSource(config, dialect));
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

  private enum Mode {
    READ,
    SEARCH,
    STATEMENT,
    TRANSACTION
  }

  /** In whose SQL its operations are. */
  public Dialect dialect() {
    return dialect;
  }

  /** Reads, each statement for itself. */
  public <T> T read(String operation, Work<T> work) {
    return observed(operation, Mode.READ, work);
  }

  /** Reads with one {@link Session#search}. */
  public <T> T search(String operation, Work<T> work) {
    return observed(operation, Mode.SEARCH, work);
  }

  /** Reads in one transaction, which the work begins with {@link Dialect#beginSnapshot}. */
  public <T> T snapshot(String operation, Work<T> work) {
    return observed(
        operation,
        Mode.TRANSACTION,
        session -> {
          // It has written nothing; ended so, a lost reply to its end puts nothing in doubt.
          session.rollbackOnly();
          return work.run(session);
        });
  }

  /**
   * Writes with one statement, which is its own transaction wherever that is safe: one round trip.
   * See {@link Dialect#beginStatement}.
   */
  public <T> T statement(String operation, Work<T> work) {
    return observed(operation, Mode.STATEMENT, work);
  }

  /** Writes with several statements in one transaction; rolled back if the work throws. */
  public <T> T transaction(String operation, Work<T> work) {
    return observed(operation, Mode.TRANSACTION, work);
  }

  private <T> T observed(String operation, Mode mode, Work<T> work) {
    long start = System.nanoTime();
    int attempt = 1;
    @Nullable PersistenceException failure = null;
    try {
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
    } catch (PersistenceException e) {
      failure = e;
      throw e;
    } finally {
      observer.completed(
          new Operation(
              operation,
              Duration.ofNanos(System.nanoTime() - start),
              attempt,
              Optional.ofNullable(failure)));
    }
  }

  private <T> T attempt(Connection connection, String operation, Mode mode, Work<T> work) {
    Session session = new Session(connection, dialect, responses);
    try (connection;
        session) {
      switch (mode) {
        case READ -> dialect.beginReading(connection);
        case SEARCH -> dialect.beginSearch(session);
        case STATEMENT -> session.beginStatement();
        case TRANSACTION -> session.begin();
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
    if (pool.isClosed()) {
      throw new PersistenceClosedException();
    }
    try {
      return pool.getConnection();
    } catch (SQLException e) {
      if (pool.isClosed()) {
        throw new PersistenceClosedException();
      }
      // The pool hides why it has no connection to give in the cause, if it could not make one.
      if (e.getCause() instanceof SQLException cause) {
        throw ExceptionTranslator.translate("connecting", dialect, Phase.BEFORE_COMMIT, cause);
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
   * A server that went away, or became a replica, has taken all its connections with it: do not
   * hand out the others.
   */
  private void evictIfUnfit(Connection connection, SQLException e) {
    switch (dialect.classify(e)) {
      case READ_ONLY -> {
        pool.evictConnection(connection);
        pool.getHikariPoolMXBean().softEvictConnections();
      }
      case CONNECTION_REFUSED, CONNECTION_LOST -> pool.getHikariPoolMXBean().softEvictConnections();
      default -> {}
    }
  }

  private static boolean isWorthAnother(int attempt, PersistenceException failure) {
    return failure instanceof UnavailableException unavailable
        && switch (unavailable.reason()) {
          case DEADLOCK, SERIALIZATION -> attempt < MAXIMUM_ATTEMPTS;
          // The connection had died in the pool, with all others: the next one is new.
          case CONNECTION -> attempt == 1;
          case LOCK_TIMEOUT, STATEMENT_TIMEOUT, POOL_EXHAUSTED, READ_ONLY, RESOURCES, ARCHIVE ->
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
