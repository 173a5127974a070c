package io.odin.persistence.postgres;

import io.odin.persistence.sql.database.FailureKind;
import java.sql.SQLException;

/** What SQLSTATEs mean (PostgreSQL documentation, appendix A; pgjdbc's PSQLState for its own). */
final class PostgresErrors {

  private PostgresErrors() {}

  static FailureKind classify(SQLException exception) {
    String state = exception.getSQLState();
    if (state == null) {
      return FailureKind.OTHER;
    }
    return switch (state) {
      case "40P01" -> FailureKind.DEADLOCK;
      case "40001" -> FailureKind.SERIALIZATION;
      case "55P03" -> FailureKind.LOCK_TIMEOUT;
      case "57014" -> FailureKind.STATEMENT_TIMEOUT;
      case "25006" -> FailureKind.READ_ONLY;
      // The server ended the session, is starting, stopping or full, or this database
      // takes no sessions.
      case "57P01", "57P02", "57P03", "57P05", "53300", "55000" -> FailureKind.CONNECTION_REFUSED;
      // The client could not connect at all: nothing was sent.
      case "08001", "08004" -> FailureKind.CONNECTION_REFUSED;
      case "3D000" -> FailureKind.DATABASE_MISSING;
      default ->
          switch (state.substring(0, Math.min(2, state.length()))) {
            case "08" -> FailureKind.CONNECTION_LOST;
            case "28" -> FailureKind.LOGIN_REFUSED;
            case "53", "58" -> FailureKind.RESOURCES;
            default -> FailureKind.OTHER;
          };
    };
  }
}
