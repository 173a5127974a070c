package io.odin.persistence.sql.history;

import static io.odin.persistence.sql.history.HistoryEventsTable.EVENT_DATA;
import static io.odin.persistence.sql.history.HistoryEventsTable.EVENT_ID;
import static io.odin.persistence.sql.history.HistoryEventsTable.EVENT_TIMESTAMP;
import static io.odin.persistence.sql.history.HistoryEventsTable.EVENT_TYPE;
import static io.odin.persistence.sql.history.HistoryEventsTable.TASK_ID;
import static io.odin.persistence.sql.history.HistoryEventsTable.VERSION;

import io.odin.persistence.error.HistoryConflictException;
import io.odin.persistence.history.HistoryEvent;
import io.odin.persistence.internal.Utf8;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.sql.database.ExpectedStep;
import io.odin.persistence.sql.database.ExpectedStep.Conflict;
import io.odin.persistence.sql.database.ExpectedStep.Precedence;
import io.odin.persistence.sql.run.RunMapper;
import io.odin.persistence.sql.statement.Binds;
import io.odin.persistence.sql.statement.Step;
import java.util.List;

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

  private static Binds row(HistoryEvent event) {
    return Binds.of(EVENT_ID, event.eventId())
        .and(EVENT_TYPE, event.eventType())
        .and(EVENT_TIMESTAMP, event.timestamp())
        .and(TASK_ID, event.taskId())
        .and(VERSION, event.version())
        .and(EVENT_DATA, event.data());
  }

  /** The size of events, as it counts against the limits and in the row of the run. */
  public static long bytes(List<HistoryEvent> events) {
    long bytes = 0;
    for (HistoryEvent event : events) {
      bytes += Utf8.length(event.eventType()) + event.data().size();
    }
    return bytes;
  }
}
