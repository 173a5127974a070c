package io.odin.persistence.sql.history;

import static io.odin.persistence.sql.history.HistoryEventsTable.EVENT_ID;
import static io.odin.persistence.sql.history.HistoryEventsTable.EVENT_PAYLOAD;
import static io.odin.persistence.sql.history.HistoryEventsTable.EVENT_TIMESTAMP;
import static io.odin.persistence.sql.history.HistoryEventsTable.EVENT_TYPE;
import static io.odin.persistence.sql.history.HistoryEventsTable.TASK_ID;
import static io.odin.persistence.sql.history.HistoryEventsTable.VERSION;
import static io.odin.persistence.sql.history.HistorySql.FIRST_UNKNOWN;
import static io.odin.persistence.sql.history.HistorySql.FROM;
import static io.odin.persistence.sql.history.HistorySql.LAST_KNOWN;
import static io.odin.persistence.sql.history.HistorySql.LAST_UNKNOWN;
import static io.odin.persistence.sql.history.HistorySql.PREVIOUS;
import static io.odin.persistence.sql.history.HistorySql.TO;
import static io.odin.persistence.sql.run.WorkflowExecutionsTable.HISTORY_SIZE_BYTES;
import static io.odin.persistence.sql.run.WorkflowExecutionsTable.NEXT_EVENT_ID;
import static io.odin.persistence.sql.statement.RunColumns.RUN_ID;

import io.odin.persistence.error.NotFoundException;
import io.odin.persistence.history.EventRange;
import io.odin.persistence.history.HistoryEvent;
import io.odin.persistence.history.HistoryFault;
import io.odin.persistence.history.HistoryFault.Kind;
import io.odin.persistence.history.HistorySize;
import io.odin.persistence.history.HistoryStore;
import io.odin.persistence.internal.Require;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.sql.database.Database;
import io.odin.persistence.sql.database.PagedQuery;
import io.odin.persistence.sql.database.Session;
import io.odin.persistence.sql.run.RunMapper;
import io.odin.persistence.sql.statement.Binds;
import io.odin.persistence.sql.statement.Row;
import io.odin.persistence.value.Page;
import io.odin.persistence.value.PageRequest;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads histories; commits write them. Whether the run exists is asked only where nothing was
 * found, so that ordinary reads are one round trip. Thread-safe.
 */
final class SqlHistoryStore implements HistoryStore {

  private final Database database;
  private final HistorySql sql;

  SqlHistoryStore(Database database, HistorySql sql) {
    this.database = database;
    this.sql = sql;
  }

  /** Where events are missing before one that is there, and where the history ends. */
  private record Finding(
      long nextEventId,
      long lastKnown,
      long firstUnknown,
      long lastUnknown,
      long previous,
      long event) {

    static Finding of(Row row) throws SQLException {
      return new Finding(
          row.get(NEXT_EVENT_ID),
          row.get(LAST_KNOWN),
          row.get(FIRST_UNKNOWN),
          row.get(LAST_UNKNOWN),
          row.get(PREVIOUS),
          row.get(EVENT_ID));
    }
  }

  @Override
  public Page<HistoryEvent> read(RunKey run, EventRange range, PageRequest page) {
    return read("history.read", sql.read, run, range, page);
  }

  @Override
  public Page<HistoryEvent> readReverse(RunKey run, EventRange range, PageRequest page) {
    return read("history.readReverse", sql.readReverse, run, range, page);
  }

  private Page<HistoryEvent> read(
      String operation, PagedQuery listing, RunKey run, EventRange range, PageRequest page) {
    Binds binds = RunMapper.run(Require.nonNull("run", run));
    Require.nonNull("range", range);
    Require.nonNull("page", page);
    binds.and(FROM, range.from()).and(TO, range.to());
    return database.read(
        operation,
        session -> {
          Page<HistoryEvent> events =
              listing.page(session, binds, page, scope(run, range), SqlHistoryStore::event);
          if (events.items().isEmpty()) {
            requireRun(session, run);
          }
          return events;
        });
  }

  /** The workflow id comes last, since it may hold anything. */
  private static String scope(RunKey run, EventRange range) {
    return "%s %s %d %d %s"
        .formatted(run.namespace(), run.runId(), range.from(), range.to(), run.workflowId());
  }

  @Override
  public Optional<HistoryEvent> find(RunKey run, long eventId) {
    Binds binds = RunMapper.run(Require.nonNull("run", run)).and(EVENT_ID, eventId);
    return database.read(
        "history.find",
        session -> {
          Optional<HistoryEvent> event = session.first(sql.find, binds, SqlHistoryStore::event);
          if (event.isEmpty()) {
            requireRun(session, run);
          }
          return event;
        });
  }

  @Override
  public HistorySize size(RunKey run) {
    Binds binds = RunMapper.run(Require.nonNull("run", run));
    return database.read(
        "history.size",
        session ->
            session.first(sql.size, binds, SqlHistoryStore::size).orElseThrow(() -> notFound(run)));
  }

  @Override
  public List<HistoryFault> validate(RunKey run) {
    Binds binds = RunMapper.run(Require.nonNull("run", run));
    return database.scan(
        "history.validate",
        session -> {
          List<Finding> findings = session.query(sql.validate, binds, Finding::of);
          if (findings.isEmpty()) {
            throw notFound(run);
          }
          return faults(findings);
        });
  }

  private static List<HistoryFault> faults(List<Finding> findings) {
    List<HistoryFault> faults = new ArrayList<>();
    for (Finding finding : findings) {
      if (finding.event() > 0) {
        faults.add(
            new HistoryFault(
                finding.previous() == 0 ? Kind.HEAD_MISSING : Kind.GAP,
                finding.previous() + 1,
                finding.event() - 1));
      }
    }
    Finding end = findings.getFirst();
    if (end.lastKnown() < end.nextEventId() - 1) {
      faults.add(
          new HistoryFault(
              end.lastKnown() == 0 ? Kind.HEAD_MISSING : Kind.TAIL_MISSING,
              end.lastKnown() + 1,
              end.nextEventId() - 1));
    }
    if (end.firstUnknown() > 0) {
      faults.add(new HistoryFault(Kind.TAIL_UNKNOWN, end.firstUnknown(), end.lastUnknown()));
    }
    return faults.stream().limit(HistorySql.MAXIMUM_FAULTS).toList();
  }

  private void requireRun(Session session, RunKey run) throws SQLException {
    if (session.query(sql.runExists, RunMapper.run(run), row -> row.get(RUN_ID)).isEmpty()) {
      throw notFound(run);
    }
  }

  private static NotFoundException notFound(RunKey run) {
    return new NotFoundException("run", run.toString());
  }

  private static HistoryEvent event(Row row) throws SQLException {
    return new HistoryEvent(
        row.get(EVENT_ID),
        row.get(EVENT_TYPE),
        row.get(EVENT_TIMESTAMP),
        row.get(TASK_ID),
        row.get(VERSION),
        row.get(EVENT_PAYLOAD));
  }

  private static HistorySize size(Row row) throws SQLException {
    long last = row.get(NEXT_EVENT_ID) - 1;
    return new HistorySize(last, last, row.get(HISTORY_SIZE_BYTES));
  }
}
