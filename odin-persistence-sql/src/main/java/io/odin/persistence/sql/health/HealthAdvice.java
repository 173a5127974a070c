package io.odin.persistence.sql.health;

import io.odin.persistence.error.BackendFailureException;
import io.odin.persistence.error.PersistenceException;
import io.odin.persistence.error.UnavailableException;
import io.odin.persistence.sql.database.Dialect;
import java.sql.SQLException;
import java.util.Optional;

/** What to do about a failure of a check: by the failure, whatever was being checked. */
final class HealthAdvice {

  private HealthAdvice() {}

  static String of(Dialect dialect, PersistenceException failure) {
    if (failure.getCause() instanceof SQLException cause) {
      Optional<String> known = dialect.advice(cause);
      if (known.isPresent()) {
        return known.get();
      }
    }
    return switch (failure) {
      case UnavailableException unavailable ->
          switch (unavailable.reason()) {
            case CONNECTION -> "is the server up, and are host, port and login right?";
            case READ_ONLY ->
                "connect to the primary, or find out who has switched writing off: on PostgreSQL"
                    + " default_transaction_read_only, on MySQL read_only or super_read_only";
            case RESOURCES -> "give the server what it lacks: disk, memory or connections";
            case POOL_EXHAUSTED, SEARCHES_EXHAUSTED ->
                "call from fewer threads, or raise maximumPoolSize";
            case LOCK_TIMEOUT, DEADLOCK, SERIALIZATION ->
                "end the session that holds the lock: see lock waits";
            case STATEMENT_TIMEOUT -> "ask again when less is going on, or with a longer timeout";
            case ARCHIVE -> "look at the archive";
          };
      case BackendFailureException refused when refused.sqlState().startsWith("28") ->
          "correct user and password";
      case BackendFailureException refused when refused.sqlState().startsWith("3D") ->
          "create the database, or correct the URL";
      default -> "do what the message says, and look at the server's log";
    };
  }
}
