package io.odin.persistence.sql.timer;

import static io.odin.persistence.sql.timer.WorkflowTimersTable.FIRE_AT;
import static io.odin.persistence.sql.timer.WorkflowTimersTable.SHARD_ID;
import static io.odin.persistence.sql.timer.WorkflowTimersTable.TIMER_ID;
import static io.odin.persistence.sql.timer.WorkflowTimersTable.TIMER_PAYLOAD;

import io.odin.persistence.execution.UpdateRun;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.sql.run.RunMapper;
import io.odin.persistence.sql.statement.Binds;
import io.odin.persistence.sql.statement.Step;
import io.odin.persistence.timer.TimerDelete;
import io.odin.persistence.timer.TimerUpsert;
import java.util.List;
import java.util.Optional;

/** What a commit writes to timers. Thread-safe. */
public final class TimerCommit {

  private final TimerSql sql;

  TimerCommit(TimerSql sql) {
    this.sql = sql;
  }

  /** Sets new timers of one run and moves those that exist. */
  public Step set(RunKey run, List<TimerUpsert> timers, int shardId) {
    return Step.change(
        sql.set,
        TimerSql.SET.bind(
            RunMapper.run(run).and(SHARD_ID, shardId),
            timers.stream().map(TimerCommit::row).toList()));
  }

  private static Binds row(TimerUpsert timer) {
    return Binds.of(TIMER_ID, timer.timerId())
        .and(FIRE_AT, timer.fireAt())
        .and(TIMER_PAYLOAD, timer.data());
  }

  /**
   * Removes the timers that an update names, of which one that was moved since it fired stays; or
   * all of the run, if the update closes it.
   */
  public Optional<Step> remove(UpdateRun update) {
    if (update.state().state().isClosed()) {
      return Optional.of(deleteAll(update.key()));
    }
    return update.timersDeleted().isEmpty()
        ? Optional.empty()
        : Optional.of(
            Step.change(
                sql.delete,
                TimerSql.DELETED.bind(
                    RunMapper.run(update.key()),
                    update.timersDeleted().stream().map(TimerCommit::row).toList())));
  }

  private static Binds row(TimerDelete timer) {
    return Binds.of(TIMER_ID, timer.timerId()).and(FIRE_AT, timer.firedAt());
  }

  /** Deletes all timers of one run: after its end no engine waits for them. */
  public Step deleteAll(RunKey run) {
    return Step.change(sql.deleteOfRun, RunMapper.run(run));
  }
}
