package io.odin.persistence.mysql;

import io.odin.persistence.sql.connection.TlsFailure;
import io.odin.persistence.sql.database.FailureKind;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;

/** What error numbers mean (MySQL's error reference), and SQLSTATEs where the driver speaks. */
final class MySqlErrors {

  private MySqlErrors() {}

  /** What to do about what the server does not explain. */
  static Optional<String> advice(SQLException exception) {
    if (isDenied(exception)) {
      return Optional.of("grant it to the account; optional/roles.sql has what the stores need");
    }
    return switch (exception.getErrorCode()) {
      case 1040, 1203, 1226 ->
          Optional.of(
              "raise max_connections, or the limit of the account, or lower maximumPoolSize");
      case 1665 -> Optional.of("set binlog_format = ROW");
      default -> Optional.empty();
    };
  }

  /** A table, a column, something of the server, a routine. */
  static boolean isDenied(SQLException exception) {
    return switch (exception.getErrorCode()) {
      case 1142, 1143, 1227, 1370 -> true;
      default -> false;
    };
  }

  static FailureKind classify(SQLException exception) {
    return switch (exception.getErrorCode()) {
      case 1213, 1614 -> FailureKind.DEADLOCK;
      // A table was changed under a prepared statement or a transaction; a statement that the
      // server
      // does not know.
      case 1243, 1412, 1615 -> FailureKind.STALE_PLAN;
      // Not granted within innodb_lock_wait_timeout or lock_wait_timeout; not granted at once.
      case 1205, 3572 -> FailureKind.LOCK_TIMEOUT;
      // max_execution_time; KILL QUERY.
      case 3024, 1317 -> FailureKind.STATEMENT_TIMEOUT;
      // read_only or super_read_only, a read-only transaction, innodb_read_only.
      // A member of a group that is leaving it or has left: nothing was begun.
      case 1290, 1792, 1836, 3796, 3797, 3798, 3799 -> FailureKind.READ_ONLY;
      // A member of a group that leaves it rolls back what it has sent to the others, and they may
      // have it. The second one is also what a conflict with another member ends with.
      case 3100, 3101 -> FailureKind.CONNECTION_LOST;
      // Encryption that the server demands; a way to log in that it or the driver does not have.
      case 3159, 1251, 1524 -> FailureKind.MISCONFIGURED;
      // Full, or stopping, or offline, as after leaving a group: the session was refused or ended,
      // and said so.
      case 1040, 1203, 1226, 1053, 3032, 3168, 3169, 4031, 6400 -> FailureKind.CONNECTION_REFUSED;
      // Wrong password, no access to the database, a host that may not connect, an account that is
      // locked or whose password has expired.
      case 1045, 1044, 1129, 1130, 1698, 1820, 1862, 3118, 3955 -> FailureKind.LOGIN_REFUSED;
      case 1049 -> FailureKind.DATABASE_MISSING;
      // Disk, memory, table space, temporary files, prepared statements.
      case 1021, 1037, 1038, 1041, 1114, 1135, 1461, 3675 -> FailureKind.RESOURCES;
      // Too large a packet: the server says so and ends the session.
      case 1153 -> FailureKind.OTHER;
      default -> ofDriver(exception);
    };
  }

  private static FailureKind ofDriver(SQLException exception) {
    String state = exception.getSQLState();
    if (state == null) {
      return FailureKind.OTHER;
    }
    if (TlsFailure.reason(exception).isPresent() || isRefusedByDriver(exception)) {
      return FailureKind.MISCONFIGURED;
    }
    return switch (state) {
      // The client could not connect at all: nothing was sent.
      case "08001", "08004" -> FailureKind.CONNECTION_REFUSED;
      // A parameter of the URL that the driver does not take.
      case "01S00" -> FailureKind.MISCONFIGURED;
      default -> state.startsWith("08") ? FailureKind.CONNECTION_LOST : FailureKind.OTHER;
    };
  }

  /**
   * What the driver refuses to do without encryption, or with a server that has none; parameters
   * that it does not take.
   */
  private static boolean isRefusedByDriver(SQLException exception) {
    for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
      String message = Objects.requireNonNullElse(cause.getMessage(), "");
      if (message.contains("Public Key Retrieval is not allowed")
          || message.contains("connection property")
          || message.contains("Unsupported character encoding")
          || message.contains("SSL Connection required")) {
        return true;
      }
    }
    return false;
  }
}
