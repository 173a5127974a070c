package io.odin.persistence.sql.history;

import static io.odin.persistence.sql.history.HistoryEventsTable.EVENT_ID;
import static io.odin.persistence.sql.history.HistoryEventsTable.EVENT_PAYLOAD;
import static io.odin.persistence.sql.history.HistoryEventsTable.EVENT_TIMESTAMP;
import static io.odin.persistence.sql.history.HistoryEventsTable.EVENT_TYPE;
import static io.odin.persistence.sql.history.HistoryEventsTable.TASK_ID;
import static io.odin.persistence.sql.history.HistoryEventsTable.VERSION;
import static io.odin.persistence.sql.run.WorkflowExecutionsTable.BASE_RUN_ID;
import static io.odin.persistence.sql.run.WorkflowExecutionsTable.NEXT_EVENT_ID;

import io.odin.persistence.error.HistoryConflictException;
import io.odin.persistence.error.NotFoundException;
import io.odin.persistence.history.HistoryEvent;
import io.odin.persistence.internal.Utf8;
import io.odin.persistence.run.BaseRun;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.sql.database.ExpectedStep;
import io.odin.persistence.sql.database.ExpectedStep.Conflict;
import io.odin.persistence.sql.database.ExpectedStep.Precedence;
import io.odin.persistence.sql.database.Session;
import io.odin.persistence.sql.run.RunMapper;
import io.odin.persistence.sql.statement.Binds;
import io.odin.persistence.sql.statement.Step;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a commit writes to histories. Thread-safe. */
public final class HistoryCommit {

  // A statement has a time limit, and a transaction has a few statements.
  private static final int COPIED_AT_LEAST = 10_000;
  private static final int MAXIMUM_COPIES = 64;

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

  /** Copies the events of another run of the workflow, up to one of them, and counts their size. */
  public List<ExpectedStep> copy(RunKey run, BaseRun base) {
    List<ExpectedStep> steps = new ArrayList<>();
    long end = base.lastEventId() + 1;
    long part = Math.max(COPIED_AT_LEAST, Math.ceilDiv(base.lastEventId(), MAXIMUM_COPIES));
    for (long from = 1; from < end; from += part) {
      long to = Math.min(from + part, end);
      Binds copied =
          RunMapper.run(run)
              .and(BASE_RUN_ID, base.runId())
              .and(HistorySql.FROM, from)
              .and(HistorySql.TO, to);
      steps.add(
          new ExpectedStep(
              Step.change(sql.copy, copied), to - from, session -> incomplete(session, run, base)));
      steps.add(ExpectedStep.unchecked(Step.change(sql.addCopiedSize, copied)));
    }
    return steps;
  }

  private Optional<Conflict> incomplete(Session session, RunKey run, BaseRun base)
      throws SQLException {
    RunKey key = new RunKey(run.namespace(), run.workflowId(), base.runId());
    Optional<Long> next =
        session.first(sql.size, RunMapper.run(key), row -> row.get(NEXT_EVENT_ID));
    return next.isEmpty()
        ? Conflict.of(Precedence.HISTORY, new NotFoundException("base run", key.toString()))
        : Conflict.of(
            Precedence.HISTORY,
            HistoryConflictException.ofBase(key.toString(), next.get(), base.lastEventId()));
  }

  private static Binds row(HistoryEvent event) {
    return Binds.of(EVENT_ID, event.eventId())
        .and(EVENT_TYPE, event.eventType())
        .and(EVENT_TIMESTAMP, event.timestamp())
        .and(TASK_ID, event.taskId())
        .and(VERSION, event.version())
        .and(EVENT_PAYLOAD, event.data());
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
