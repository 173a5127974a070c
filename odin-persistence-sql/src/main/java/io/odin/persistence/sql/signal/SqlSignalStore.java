package io.odin.persistence.sql.signal;

import static io.odin.persistence.sql.signal.WorkflowSignalsTable.SIGNAL_ID;
import static io.odin.persistence.sql.signal.WorkflowSignalsTable.SIGNAL_NAME;
import static io.odin.persistence.sql.signal.WorkflowSignalsTable.SIGNAL_PAYLOAD;
import static io.odin.persistence.sql.signal.WorkflowSignalsTable.SIGNAL_SEQUENCE;
import static io.odin.persistence.sql.statement.RunColumns.RUN_ID;

import io.odin.persistence.Limits;
import io.odin.persistence.error.CurrentRunConflictException;
import io.odin.persistence.error.InvalidRequestException;
import io.odin.persistence.error.NotFoundException;
import io.odin.persistence.error.UnavailableException;
import io.odin.persistence.internal.Require;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.run.RunSummary;
import io.odin.persistence.run.WorkflowKey;
import io.odin.persistence.signal.NewSignal;
import io.odin.persistence.signal.SignalReceipt;
import io.odin.persistence.signal.SignalReceipt.Arrival;
import io.odin.persistence.signal.SignalStore;
import io.odin.persistence.signal.WorkflowSignal;
import io.odin.persistence.spi.Payloads;
import io.odin.persistence.sql.database.Database;
import io.odin.persistence.sql.database.Session;
import io.odin.persistence.sql.namespace.LiveNamespaces;
import io.odin.persistence.sql.run.RunMapper;
import io.odin.persistence.sql.run.Runs;
import io.odin.persistence.sql.statement.Binds;
import io.odin.persistence.sql.statement.Row;
import io.odin.persistence.sql.statement.Sql;
import io.odin.persistence.sql.statement.Step;
import io.odin.persistence.value.Page;
import io.odin.persistence.value.PageRequest;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Signals in SQL. Thread-safe. */
final class SqlSignalStore implements SignalStore {

  private static final String PUT = "signals.put";

  private final Database database;
  private final Runs runs;
  private final SignalSql sql;
  private final LiveNamespaces live;
  private final Payloads payloads;

  SqlSignalStore(Database database, Runs runs, SignalSql sql, LiveNamespaces live, Limits limits) {
    this.database = database;
    this.runs = runs;
    this.sql = sql;
    this.live = live;
    payloads = new Payloads(limits);
  }

  @Override
  public SignalReceipt put(RunKey run, NewSignal signal) {
    Binds binds = RunMapper.run(Require.nonNull("run", run)).andAll(checked(signal));
    return database.transaction(
        PUT,
        session -> {
          Optional<SignalReceipt> receipt =
              receive(session, run.workflow(), binds, sql.insertOnceInRun, sql.findInRun);
          if (receipt.isPresent()) {
            return receipt.get();
          }
          live.require(session, run.namespace());
          RunSummary refusing =
              runs.findSummary(session, run)
                  .orElseThrow(() -> new NotFoundException("run", run.toString()));
          if (refusing.state().isClosed()) {
            throw new InvalidRequestException(
                "run",
                "is closed ("
                    + refusing.state().value()
                    + "): send the signal to an open run, or to the workflow");
          }
          throw changedMeanwhile(run.workflow());
        });
  }

  @Override
  public SignalReceipt put(WorkflowKey workflow, NewSignal signal) {
    Binds binds = RunMapper.workflow(Require.nonNull("workflow", workflow)).andAll(checked(signal));
    return database.transaction(
        PUT,
        session -> {
          Optional<RunSummary> current = runs.findCurrent(session, workflow);
          boolean open = current.isPresent() && !current.get().state().isClosed();
          Optional<SignalReceipt> receipt =
              open
                  ? receive(
                      session,
                      workflow,
                      binds.and(RUN_ID, current.get().key().runId()),
                      sql.insertOnceInWorkflow,
                      sql.findInWorkflow)
                  : session.first(sql.findInWorkflow, binds, row -> duplicate(row, workflow));
          if (receipt.isPresent()) {
            if (!open) {
              session.confirm();
            }
            return receipt.get();
          }
          live.require(session, workflow.namespace());
          if (open) {
            // It has closed since it was read: Database tries again, with the next one.
            throw changedMeanwhile(workflow);
          }
          throw new CurrentRunConflictException(
              workflow + " has no open run", current.orElse(null));
        });
  }

  /** Empty if the run is not open and has not received the signal before. */
  private Optional<SignalReceipt> receive(
      Session session, WorkflowKey workflow, Binds binds, Sql insertOnce, Sql find)
      throws SQLException {
    List<Step.Result> results =
        session.run(
            List.of(
                Step.change(sql.number, binds),
                Step.change(insertOnce, binds),
                Step.query(find, binds, row -> duplicate(row, workflow))));
    Optional<SignalReceipt> stored =
        results.getLast().rows(SignalReceipt.class).stream().findFirst();
    if (results.get(1).count() == 1) {
      return stored.map(
          receipt -> new SignalReceipt(receipt.run(), receipt.sequence(), Arrival.FIRST));
    }
    // The number that was taken is given back: there are no gaps.
    if (stored.isPresent()) {
      session.confirm();
    } else {
      session.rollbackOnly();
    }
    return stored;
  }

  private static SignalReceipt duplicate(Row row, WorkflowKey workflow) throws SQLException {
    return new SignalReceipt(
        new RunKey(workflow.namespace(), workflow.workflowId(), row.get(RUN_ID)),
        row.get(SIGNAL_SEQUENCE),
        Arrival.DUPLICATE);
  }

  private static UnavailableException changedMeanwhile(WorkflowKey workflow) {
    return new UnavailableException(
        UnavailableException.Reason.SERIALIZATION, workflow + " changed at the same time", null);
  }

  private Binds checked(NewSignal signal) {
    payloads.check("signalInput", Require.nonNull("signal", signal).input());
    return Binds.of(SIGNAL_ID, signal.signalId())
        .and(SIGNAL_NAME, signal.name())
        .and(SIGNAL_PAYLOAD, signal.input());
  }

  @Override
  public Page<WorkflowSignal> pending(RunKey run, PageRequest page) {
    Binds binds = RunMapper.run(Require.nonNull("run", run));
    Require.nonNull("page", page);
    return database.read(
        "signals.pending",
        session ->
            sql.pending.page(
                session, binds, page, run.toString(), row -> SignalSql.signal(row, run)));
  }
}
