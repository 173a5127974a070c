package io.odin.persistence.postgres;

import io.odin.persistence.sql.connection.TlsFailure;
import io.odin.persistence.sql.database.FailureKind;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;

/** What SQLSTATEs mean (PostgreSQL documentation, appendix A; pgjdbc's PSQLState for its own). */
final class PostgresErrors {

  /** How the driver quotes what a server, in English, says of a statement. */
  private static final String OF_A_STATEMENT = "ERROR: ";

  private PostgresErrors() {}

  /** What to do about what the server does not explain. */
  static Optional<String> advice(SQLException exception) {
    String state = Objects.requireNonNullElse(exception.getSQLState(), "");
    return switch (state) {
      case "53300" ->
          Optional.of(
              "raise max_connections, or the limit of the role or the database, or lower"
                  + " maximumPoolSize");
      case "42P05", "26000" ->
          Optional.of(
              "a pooler gives one session of the server to several connections: use its session"
                  + " mode, or connect to the server");
      case "08P01" ->
          isStartupParameter(exception)
              ? Optional.of("name it in PgBouncer's ignore_startup_parameters")
              : Optional.empty();
      case "42501" ->
          Optional.of("grant it to the account; optional/roles.sql has what the stores need");
      default -> Optional.empty();
    };
  }

  static boolean isDenied(SQLException exception) {
    return "42501".equals(exception.getSQLState());
  }

  static FailureKind classify(SQLException exception) {
    String state = exception.getSQLState();
    if (state == null) {
      return FailureKind.OTHER;
    }
    if (TlsFailure.reason(exception).isPresent()) {
      return FailureKind.MISCONFIGURED;
    }
    return switch (state) {
      case "40P01" -> FailureKind.DEADLOCK;
      // A snapshot that is too old is made again as well.
      case "40001", "72000" -> FailureKind.SERIALIZATION;
      case "55P03" -> FailureKind.LOCK_TIMEOUT;
      case "57014" -> FailureKind.STATEMENT_TIMEOUT;
      case "25006" -> FailureKind.READ_ONLY;
      // The server ended the session, also for being idle or slow in a transaction; is starting,
      // stopping or full; or this database takes no sessions.
      case "57P01", "57P02", "57P03", "57P04", "57P05", "25P03", "25P04", "53300", "55000" ->
          FailureKind.CONNECTION_REFUSED;
      // The client could not connect at all: nothing was sent. Its own refusals have no cause.
      case "08001" -> hasCause(exception) ? FailureKind.CONNECTION_REFUSED : ofDriver(exception);
      case "08004" -> rejected(exception);
      case "08P01" -> ofPooler(exception);
      // A parameter of the URL that the driver does not take, or the server does not; a statement
      // that another client has prepared, as a pooler can give it.
      case "22023" ->
          message(exception).startsWith(OF_A_STATEMENT)
              ? FailureKind.OTHER
              : FailureKind.MISCONFIGURED;
      case "42P05" -> FailureKind.MISCONFIGURED;
      case "3D000" -> FailureKind.DATABASE_MISSING;
      // A plan whose table was changed; a prepared statement that the server does not know.
      case "0A000" -> isOtherThanPlan(exception) ? FailureKind.OTHER : FailureKind.STALE_PLAN;
      case "26000" -> FailureKind.STALE_PLAN;
      default ->
          switch (state.substring(0, Math.min(2, state.length()))) {
            case "08" -> FailureKind.CONNECTION_LOST;
            case "28" -> FailureKind.LOGIN_REFUSED;
            case "53", "58" -> FailureKind.RESOURCES;
            default -> FailureKind.OTHER;
          };
    };
  }

  private static boolean hasCause(SQLException exception) {
    return exception.getCause() instanceof IOException;
  }

  /** The driver says "Invalid sslmode value"; what it says of servers begins otherwise. */
  private static FailureKind ofDriver(SQLException exception) {
    return message(exception).startsWith("Invalid ")
        ? FailureKind.MISCONFIGURED
        : FailureKind.CONNECTION_REFUSED;
  }

  /** By the driver, which wants a password or encryption, and speaks English only. */
  private static FailureKind rejected(SQLException exception) {
    return message(exception).contains("password")
        ? FailureKind.LOGIN_REFUSED
        : FailureKind.MISCONFIGURED;
  }

  /** PgBouncer has one SQLSTATE for whatever it refuses. */
  private static FailureKind ofPooler(SQLException exception) {
    return isStartupParameter(exception) ? FailureKind.MISCONFIGURED : FailureKind.CONNECTION_LOST;
  }

  private static boolean isStartupParameter(SQLException exception) {
    return message(exception).contains("unsupported startup parameter");
  }

  /** In another language it cannot be distinguished, and the stores use no missing feature. */
  private static boolean isOtherThanPlan(SQLException exception) {
    String message = message(exception);
    return message.startsWith(OF_A_STATEMENT) && !message.contains("cached plan");
  }

  private static String message(SQLException exception) {
    return Objects.requireNonNullElse(exception.getMessage(), "");
  }
}
