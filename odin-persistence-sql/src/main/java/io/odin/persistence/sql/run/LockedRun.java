package io.odin.persistence.sql.run;

import static io.odin.persistence.sql.run.WorkflowExecutionsTable.NEXT_EVENT_ID;

import io.odin.persistence.run.RunSummary;
import io.odin.persistence.sql.statement.Row;
import java.sql.SQLException;

/**
 * A run whose row is locked.
 *
 * @param run the run
 * @param nextEventId the id of the event that is appended next
 */
public record LockedRun(RunSummary run, long nextEventId) {

  static LockedRun of(Row row) throws SQLException {
    return new LockedRun(ExecutionMapper.summary(row), row.get(NEXT_EVENT_ID));
  }
}
