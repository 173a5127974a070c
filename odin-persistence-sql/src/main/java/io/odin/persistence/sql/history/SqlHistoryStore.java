package io.odin.persistence.sql.history;

import io.odin.persistence.Page;
import io.odin.persistence.PageRequest;
import io.odin.persistence.error.NotFoundException;
import io.odin.persistence.execution.CreateRun;
import io.odin.persistence.execution.RunKey;
import io.odin.persistence.history.EventRange;
import io.odin.persistence.history.HistoryEvent;
import io.odin.persistence.history.HistoryFault;
import io.odin.persistence.history.HistoryFault.Kind;
import io.odin.persistence.history.HistorySize;
import io.odin.persistence.history.HistoryStore;
import io.odin.persistence.internal.Require;
import io.odin.persistence.shard.ShardLease;
import io.odin.persistence.sql.database.Database;
import io.odin.persistence.sql.database.PagedQuery;
import io.odin.persistence.sql.database.Session;
import io.odin.persistence.sql.run.RunMapper;
import io.odin.persistence.sql.statement.Binds;
import io.odin.persistence.sql.statement.Row;
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
  private final RunImport runImport;

  SqlHistoryStore(Database database, HistorySql sql, RunImport runImport) {
    this.database = database;
    this.sql = sql;
    this.runImport = runImport;
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
          row.number("next_event_id"),
          row.number("last_known"),
          row.number("first_unknown"),
          row.number("last_unknown"),
          row.number("previous"),
          row.number("event_id"));
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
    binds.and("from", range.from()).and("to", range.to());
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
    Binds binds = RunMapper.run(Require.nonNull("run", run)).and("event_id", eventId);
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
    return database.read(
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

  @Override
  public void importRun(ShardLease shard, CreateRun run) {
    runImport.importRun(Require.nonNull("shard", shard), Require.nonNull("run", run));
  }

  private void requireRun(Session session, RunKey run) throws SQLException {
    if (session.query(sql.runExists, RunMapper.run(run), row -> row.uuid("run_id")).isEmpty()) {
      throw notFound(run);
    }
  }

  private static NotFoundException notFound(RunKey run) {
    return new NotFoundException("run", run.toString());
  }

  private static HistoryEvent event(Row row) throws SQLException {
    return new HistoryEvent(
        row.number("event_id"),
        row.text("event_type"),
        row.instant("event_timestamp"),
        row.number("task_id"),
        row.number("version"),
        row.json("event_data"));
  }

  private static HistorySize size(Row row) throws SQLException {
    long last = row.number("next_event_id") - 1;
    return new HistorySize(last, last, row.number("history_size_bytes"));
  }
}
