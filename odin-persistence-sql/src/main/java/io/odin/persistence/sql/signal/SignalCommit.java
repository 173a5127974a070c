package io.odin.persistence.sql.signal;

import static io.odin.persistence.sql.signal.WorkflowSignalsTable.PROCESSED;
import static io.odin.persistence.sql.signal.WorkflowSignalsTable.SIGNAL_ID;
import static io.odin.persistence.sql.signal.WorkflowSignalsTable.SIGNAL_NAME;
import static io.odin.persistence.sql.signal.WorkflowSignalsTable.SIGNAL_PAYLOAD;
import static io.odin.persistence.sql.signal.WorkflowSignalsTable.SIGNAL_SEQUENCE;
import static io.odin.persistence.sql.statement.RunColumns.RUN_ID;

import io.odin.persistence.error.AlreadyExistsException;
import io.odin.persistence.error.SignalConflictException;
import io.odin.persistence.execution.CreateRun;
import io.odin.persistence.execution.RunChange;
import io.odin.persistence.execution.UpdateRun;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.signal.NewSignal;
import io.odin.persistence.signal.SignalReceipt;
import io.odin.persistence.signal.SignalReceipt.Arrival;
import io.odin.persistence.sql.database.ExpectedStep;
import io.odin.persistence.sql.database.ExpectedStep.Conflict;
import io.odin.persistence.sql.database.ExpectedStep.Diagnosis;
import io.odin.persistence.sql.database.ExpectedStep.Precedence;
import io.odin.persistence.sql.database.Session;
import io.odin.persistence.sql.run.RunMapper;
import io.odin.persistence.sql.statement.Binds;
import io.odin.persistence.sql.statement.Row;
import io.odin.persistence.sql.statement.Step;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a commit does to signals. Thread-safe. */
public final class SignalCommit {

  private final SignalSql sql;

  SignalCommit(SignalSql sql) {
    this.sql = sql;
  }

  /** Gives a new run the signals that it begins with, which no run of the workflow has received. */
  public List<ExpectedStep> receive(RunChange change) {
    if (!(change instanceof CreateRun create) || create.signals().isEmpty()) {
      return List.of();
    }
    Diagnosis received = session -> received(session, create);
    return List.of(
        new ExpectedStep(
            Step.query(sql.receivedInWorkflow, ids(create), row -> row.get(SIGNAL_ID)),
            0,
            received),
        insert(create, received));
  }

  /** As {@link #receive} for a run that was made elsewhere, with signals of other runs too. */
  public Optional<ExpectedStep> receiveImported(CreateRun create) {
    return create.signals().isEmpty()
        ? Optional.empty()
        : Optional.of(insert(create, session -> received(session, create)));
  }

  private ExpectedStep insert(CreateRun create, Diagnosis received) {
    List<NewSignal> signals = create.signals();
    List<Binds> rows = new ArrayList<>();
    for (NewSignal signal : signals) {
      rows.add(
          Binds.of(SIGNAL_ID, signal.signalId())
              .and(SIGNAL_NAME, signal.name())
              .and(SIGNAL_PAYLOAD, signal.input())
              .and(SIGNAL_SEQUENCE, rows.size() + 1L));
    }
    return new ExpectedStep(
        Step.change(sql.insert, SignalSql.NEW.bind(RunMapper.run(create.key()), rows)),
        signals.size(),
        received);
  }

  private static Binds ids(CreateRun create) {
    return SignalSql.IN_WORKFLOW.bind(
        RunMapper.workflow(create.key().workflow()),
        create.signals().stream()
            .map(NewSignal::signalId)
            .sorted()
            .map(id -> Binds.of(SIGNAL_ID, id))
            .toList());
  }

  /** The run that is created has them too by now, and is rolled back. */
  private Optional<Conflict> received(Session session, CreateRun create) throws SQLException {
    RunKey run = create.key();
    Step query = Step.query(sql.receivedInWorkflow, ids(create), row -> Received.of(row, run));
    return session.run(query).rows(Received.class).stream()
        .filter(found -> !found.receipt().run().equals(run))
        .findFirst()
        .flatMap(
            found ->
                Conflict.of(
                    Precedence.SIGNAL,
                    new AlreadyExistsException(
                        "signal",
                        found.signalId() + ", received by " + found.receipt().run(),
                        found.receipt())));
  }

  private record Received(String signalId, SignalReceipt receipt) {

    static Received of(Row row, RunKey any) throws SQLException {
      RunKey run = new RunKey(any.namespace(), any.workflowId(), row.get(RUN_ID));
      return new Received(
          row.get(SIGNAL_ID), new SignalReceipt(run, row.get(SIGNAL_SEQUENCE), Arrival.DUPLICATE));
    }
  }

  /**
   * Hands the pending signals of a run that closes on to the run that follows it, and whose row is
   * there.
   */
  public List<ExpectedStep> carry(UpdateRun closing, CreateRun next) {
    Binds binds =
        RunMapper.run(closing.key())
            .and(SignalSql.NEXT_RUN_ID, next.key().runId())
            .and(SignalSql.RECEIVED_BEFORE, (long) next.signals().size());
    return Stream.of(sql.carry, sql.countCarried, sql.markCarried)
        .map(statement -> ExpectedStep.unchecked(Step.change(statement, binds)))
        .toList();
  }

  /** Marks the signals that the change consumes, all of which must be pending. */
  public Optional<ExpectedStep> consume(RunChange change) {
    if (!(change instanceof UpdateRun update) || update.signalsConsumed().isEmpty()) {
      return Optional.empty();
    }
    List<String> ids = update.signalsConsumed();
    Binds binds =
        SignalSql.CONSUMED.bind(
            RunMapper.run(update.key()).and(PROCESSED, true),
            ids.stream().sorted().map(id -> Binds.of(SIGNAL_ID, id)).toList());
    return Optional.of(
        new ExpectedStep(
            Step.change(sql.consume, binds), ids.size(), session -> notPending(update.key())));
  }

  /** Which one it is cannot be determined any more: the others have just been marked. */
  private static Optional<Conflict> notPending(RunKey run) {
    return Conflict.of(
        Precedence.SIGNAL,
        new SignalConflictException(
            run.toString(), "has not pending all the signals that the change consumes"));
  }
}
