package io.odin.persistence.sql.task;

import io.odin.persistence.Limits;
import io.odin.persistence.sql.statement.Binds;
import io.odin.persistence.sql.statement.Columns;
import io.odin.persistence.sql.statement.PayloadColumns;
import io.odin.persistence.task.PollRequest;
import org.jooq.Field;

/**
 * How many bytes the payloads of a poll may have. Half of them are for payloads of which as many as
 * were asked for fit, the other half for a few that are larger.
 *
 * @param taskBytes up to what size a payload is small
 * @param maximumLarge how many tasks with larger payloads the poll takes
 */
public record PollBudget(long taskBytes, int maximumLarge) {

  private static final Field<Integer> MAXIMUM_LARGE = Columns.integer("maximum_large");

  static PollBudget of(PollRequest request, long bytes) {
    long half = bytes / 2;
    int largest = Limits.DEFAULTS.blobBytes();
    return (long) request.maximum() * largest <= bytes
        ? new PollBudget(Long.MAX_VALUE, request.maximum())
        : new PollBudget(half / request.maximum(), (int) Math.max(1, half / largest));
  }

  /** Adds {@code row_bytes} and {@code maximum_large}. */
  Binds bind(Binds binds) {
    return binds.and(PayloadColumns.ROW_BYTES, taskBytes).and(MAXIMUM_LARGE, maximumLarge);
  }
}
