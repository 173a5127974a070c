package io.odin.persistence.sql.timer;

import io.odin.persistence.execution.RunKey;
import io.odin.persistence.sql.run.RunMapper;
import io.odin.persistence.sql.statement.Step;
import io.odin.persistence.timer.TimerDelete;
import io.odin.persistence.timer.TimerUpsert;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
            RunMapper.run(run).and("shard_id", shardId),
            timers.stream().map(TimerCommit::row).toList()));
  }

  private static List<@Nullable Object> row(TimerUpsert timer) {
    return List.of(timer.timerId(), timer.fireAt(), timer.data());
  }

  /** Deletes timers of one run; one that was moved since it fired stays. */
  public Step delete(RunKey run, List<TimerDelete> timers) {
    return Step.change(
        sql.delete,
        TimerSql.DELETED.bind(RunMapper.run(run), timers.stream().map(TimerCommit::row).toList()));
  }

  private static List<@Nullable Object> row(TimerDelete timer) {
    List<@Nullable Object> row = new ArrayList<>();
    row.add(timer.timerId());
    row.add(timer.firedAt());
    return row;
  }

  /** Deletes all timers of one run. */
  public Step deleteAll(RunKey run) {
    return Step.change(sql.deleteOfRun, RunMapper.run(run));
  }
}
