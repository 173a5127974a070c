package io.odin.persistence.postgres;

import io.odin.persistence.sql.database.Failure;
import java.sql.SQLException;

/** What SQLSTATEs mean (PostgreSQL documentation, appendix A; pgjdbc's PSQLState for its own). */
final class PostgresErrors {

  private PostgresErrors() {}

  static Failure classify(SQLException exception) {
    String state = exception.getSQLState();
    if (state == null) {
      return Failure.OTHER;
    }
    return switch (state) {
      case "40P01" -> Failure.DEADLOCK;
      case "40001" -> Failure.SERIALIZATION;
      case "55P03" -> Failure.LOCK_TIMEOUT;
      case "57014" -> Failure.STATEMENT_TIMEOUT;
      case "25006" -> Failure.READ_ONLY;
      // The server ended the session, is starting, stopping or full, or takes no sessions for this
      // database.
      case "57P01", "57P02", "57P03", "57P05", "53300", "55000" -> Failure.CONNECTION_REFUSED;
      // The client could not connect at all: nothing was sent.
      case "08001", "08004" -> Failure.CONNECTION_REFUSED;
      case "3D000" -> Failure.DATABASE_MISSING;
      default ->
          switch (state.substring(0, Math.min(2, state.length()))) {
            case "08" -> Failure.CONNECTION_LOST;
            case "28" -> Failure.LOGIN_REFUSED;
            case "53", "58" -> Failure.RESOURCES;
            default -> Failure.OTHER;
          };
    };
  }
}
