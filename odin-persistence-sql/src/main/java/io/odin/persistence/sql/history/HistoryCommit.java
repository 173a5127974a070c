package io.odin.persistence.sql.history;

import io.odin.persistence.error.HistoryConflictException;
import io.odin.persistence.execution.RunKey;
import io.odin.persistence.history.HistoryEvent;
import io.odin.persistence.internal.Payloads;
import io.odin.persistence.sql.database.ExpectedStep;
import io.odin.persistence.sql.database.ExpectedStep.Conflict;
import io.odin.persistence.sql.database.ExpectedStep.Precedence;
import io.odin.persistence.sql.run.RunMapper;
import io.odin.persistence.sql.statement.Step;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a commit writes to histories. Thread-safe. */
public final class HistoryCommit {

  private final HistorySql sql;

  HistoryCommit(HistorySql sql) {
    this.sql = sql;
  }

  /** Appends events of one run; not empty. */
  public ExpectedStep append(RunKey run, List<HistoryEvent> events) {
    return new ExpectedStep(
        Step.change(
            sql.insert,
            HistorySql.NEW_EVENTS.bind(
                RunMapper.run(run), events.stream().map(HistoryCommit::row).toList())),
        events.size(),
        // The row of the run said that these ids are free: another program has written events.
        session ->
            Conflict.of(
                Precedence.HISTORY,
                new HistoryConflictException(
                    run.toString(), events.getLast().eventId() + 1, events.getFirst().eventId())));
  }

  private static List<@Nullable Object> row(HistoryEvent event) {
    return List.of(
        event.eventId(),
        event.eventType(),
        event.timestamp(),
        event.taskId(),
        event.version(),
        event.data());
  }

  /** The size of events, as it counts against the limits and in the row of the run. */
  public static long bytes(List<HistoryEvent> events) {
    long bytes = 0;
    for (HistoryEvent event : events) {
      bytes += Payloads.utf8Length(event.eventType()) + Payloads.utf8Length(event.data().text());
    }
    return bytes;
  }
}
