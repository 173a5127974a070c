package io.odin.persistence.mysql;

import io.odin.persistence.sql.database.FailureKind;
import java.sql.SQLException;

/** What error numbers mean (MySQL's error reference), and SQLSTATEs where the driver speaks. */
final class MySqlErrors {

  private MySqlErrors() {}

  static FailureKind classify(SQLException exception) {
    return switch (exception.getErrorCode()) {
      case 1213 -> FailureKind.DEADLOCK;
      // Not granted within innodb_lock_wait_timeout or lock_wait_timeout; not granted at once.
      case 1205, 3572 -> FailureKind.LOCK_TIMEOUT;
      // max_execution_time; KILL QUERY.
      case 3024, 1317 -> FailureKind.STATEMENT_TIMEOUT;
      // read_only or super_read_only, a read-only transaction, innodb_read_only.
      case 1290, 1792, 1836 -> FailureKind.READ_ONLY;
      // Full, or stopping, or offline: the session was refused or ended, and said so.
      case 1040, 1203, 1226, 1053, 3032, 3168, 3169, 4031 -> FailureKind.CONNECTION_REFUSED;
      // Wrong password, no access to the database, a host that may not connect, an account that is
      // locked or whose password has expired.
      case 1045, 1044, 1129, 1130, 1698, 1820, 1862, 3118, 3955 -> FailureKind.LOGIN_REFUSED;
      case 1049 -> FailureKind.DATABASE_MISSING;
      // Disk, memory, table space, temporary files, prepared statements.
      case 1021, 1037, 1038, 1041, 1114, 1135, 1461, 3675 -> FailureKind.RESOURCES;
      default -> ofDriver(exception.getSQLState());
    };
  }

  private static FailureKind ofDriver(String state) {
    if (state == null) {
      return FailureKind.OTHER;
    }
    return switch (state) {
      // The client could not connect at all: nothing was sent.
      case "08001", "08004" -> FailureKind.CONNECTION_REFUSED;
      default -> state.startsWith("08") ? FailureKind.CONNECTION_LOST : FailureKind.OTHER;
    };
  }
}
