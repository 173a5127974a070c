package io.odin.persistence.sql.signal;

import static io.odin.persistence.sql.signal.WorkflowSignalsTable.PROCESSED;
import static io.odin.persistence.sql.signal.WorkflowSignalsTable.SIGNAL_ID;

import io.odin.persistence.error.SignalConflictException;
import io.odin.persistence.execution.RunChange;
import io.odin.persistence.execution.UpdateRun;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.sql.database.ExpectedStep;
import io.odin.persistence.sql.database.ExpectedStep.Conflict;
import io.odin.persistence.sql.database.ExpectedStep.Precedence;
import io.odin.persistence.sql.run.RunMapper;
import io.odin.persistence.sql.statement.Binds;
import io.odin.persistence.sql.statement.Step;
import java.util.List;
import java.util.Optional;

/** What a commit does to signals. Thread-safe. */
public final class SignalCommit {

  private final SignalSql sql;

  SignalCommit(SignalSql sql) {
    this.sql = sql;
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
