package io.odin.persistence.sql;

import io.odin.persistence.execution.RunSummary;
import java.sql.SQLException;

/**
 * A run whose row is locked.
 *
 * @param run the run
 * @param nextEventId the id of the event that is appended next
 */
record LockedRun(RunSummary run, long nextEventId) {

  static LockedRun of(Row row) throws SQLException {
    return new LockedRun(ExecutionRows.summary(row), row.number("next_event_id"));
  }
}
