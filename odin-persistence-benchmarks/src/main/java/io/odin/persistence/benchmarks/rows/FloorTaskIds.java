package io.odin.persistence.benchmarks.rows;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Queue;

/** Task ids, taken from the sequence in blocks as the library takes them. */
final class FloorTaskIds {

  private final PreparedStatement take;
  private final Queue<Long> ids = new ArrayDeque<>();

  FloorTaskIds(Connection connection) throws SQLException {
    take = connection.prepareStatement(LibrarySql.named("taskQueues.takeIds").jdbcText());
  }

  long next() throws SQLException {
    if (ids.isEmpty()) {
      try (ResultSet rows = take.executeQuery()) {
        while (rows.next()) {
          ids.add(rows.getLong(1));
        }
      }
    }
    return ids.remove();
  }
}
