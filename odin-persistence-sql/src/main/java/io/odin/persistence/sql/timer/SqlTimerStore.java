package io.odin.persistence.sql.timer;

import static io.odin.persistence.sql.timer.TimerSql.UNTIL;
import static io.odin.persistence.sql.timer.WorkflowTimersTable.SHARD_ID;

import io.odin.persistence.internal.Require;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.shard.ShardLease;
import io.odin.persistence.sql.database.Database;
import io.odin.persistence.sql.database.PagedQuery;
import io.odin.persistence.sql.run.RunMapper;
import io.odin.persistence.sql.statement.Binds;
import io.odin.persistence.sql.statement.Row;
import io.odin.persistence.timer.TimerStore;
import io.odin.persistence.timer.WorkflowTimer;
import io.odin.persistence.value.Page;
import io.odin.persistence.value.PageRequest;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reads timers; commits write them. Thread-safe. */
final class SqlTimerStore implements TimerStore {

  private final Database database;
  private final TimerSql sql;

  SqlTimerStore(Database database, TimerSql sql) {
    this.database = database;
    this.sql = sql;
  }

  @Override
  public Page<WorkflowTimer> due(ShardLease shard, PageRequest page) {
    int shardId = Require.nonNull("shard", shard).shardId();
    Require.nonNull("page", page);
    // Bound to the shard only: now moves on from page to page, and a lease is renewed.
    return database.read(
        "timers.due",
        session ->
            sql.dueNow.page(
                session,
                Binds.of(SHARD_ID, shardId),
                page,
                Integer.toString(shardId),
                SqlTimerStore::timer));
  }

  @Override
  public Page<WorkflowTimer> due(ShardLease shard, Instant until, PageRequest page) {
    int shardId = Require.nonNull("shard", shard).shardId();
    Instant latest = Require.instant("until", until);
    Require.nonNull("page", page);
    return database.read(
        "timers.due",
        session ->
            sql.dueUntil.page(
                session,
                Binds.of(SHARD_ID, shardId).and(UNTIL, latest),
                page,
                shardId + " " + latest,
                SqlTimerStore::timer));
  }

  @Override
  public Page<WorkflowTimer> dueOfAll(List<ShardLease> shards, PageRequest page) {
    DueOfShards due = new DueOfShards(shards);
    Require.nonNull("page", page);
    return dueOfAll(due, sql.dueNowOfAll, Binds.none(), page, due.scope());
  }

  @Override
  public Page<WorkflowTimer> dueOfAll(List<ShardLease> shards, Instant until, PageRequest page) {
    DueOfShards due = new DueOfShards(shards);
    Instant latest = Require.instant("until", until);
    Require.nonNull("page", page);
    Binds binds = Binds.of(UNTIL, latest);
    return dueOfAll(due, sql.dueUntilOfAll, binds, page, due.scope() + " " + latest);
  }

  private Page<WorkflowTimer> dueOfAll(
      DueOfShards due, PagedQuery query, Binds binds, PageRequest page, String scope) {
    return due.isEmpty()
        ? new Page<>(List.of(), Optional.empty())
        : database.read("timers.due", session -> due.page(session, query, binds, page, scope));
  }

  @Override
  public Page<WorkflowTimer> list(RunKey run, PageRequest page) {
    Require.nonNull("run", run);
    Require.nonNull("page", page);
    return database.read(
        "timers.list", session -> sql.ofRun(session, run, page).page(session::run));
  }

  private static WorkflowTimer timer(Row row) throws SQLException {
    return TimerSql.timer(row, RunMapper.key(row));
  }
}
