package io.odin.persistence.sql.timer;

import static io.odin.persistence.sql.timer.WorkflowTimersTable.SHARD_ID;

import io.odin.persistence.shard.ShardLease;
import io.odin.persistence.sql.database.PagedQuery;
import io.odin.persistence.sql.database.Session;
import io.odin.persistence.sql.run.RunMapper;
import io.odin.persistence.sql.shard.Shards;
import io.odin.persistence.sql.statement.Binds;
import io.odin.persistence.sql.statement.NumberSet;
import io.odin.persistence.sql.statement.Row;
import io.odin.persistence.timer.WorkflowTimer;
import io.odin.persistence.value.Page;
import io.odin.persistence.value.PageRequest;
import io.odin.persistence.value.PageToken;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The due timers of several shards, as many of these at a time as a statement takes. Immutable and
 * thread-safe.
 */
final class DueOfShards {

  private final List<Integer> shards;

  /** The shards of these leases; refuses one that is named twice. */
  DueOfShards(List<ShardLease> leases) {
    shards = List.copyOf(Shards.byShard("shards", leases).keySet());
  }

  boolean isEmpty() {
    return shards.isEmpty();
  }

  /** What a page token is bound to: now moves on from page to page, and a lease is renewed. */
  String scope() {
    return shards.toString();
  }

  private record Due(int shardId, WorkflowTimer timer) {

    static Due of(Row row) throws SQLException {
      return new Due(row.get(SHARD_ID), TimerSql.timer(row, RunMapper.key(row)));
    }

    List<Object> key() {
      return List.of(
          (long) shardId,
          timer.fireAt(),
          timer.run().namespace().value(),
          timer.run().workflowId(),
          timer.run().runId(),
          timer.timerId());
    }
  }

  /**
   * Reads the first page that has a timer, with a statement for each part of the shards up to that.
   *
   * @param binds the values other than the shards
   * @param scope what the token is bound to
   */
  Page<WorkflowTimer> page(
      Session session, PagedQuery query, Binds binds, PageRequest request, String scope)
      throws SQLException {
    for (int from = 0; from < shards.size(); from += NumberSet.MAXIMUM) {
      int to = Math.min(from + NumberSet.MAXIMUM, shards.size());
      Binds some = TimerSql.SHARDS.bind(Binds.none().andAll(binds), shards.subList(from, to));
      Page<Due> page = query.page(session, some, request, scope, Due::of);
      if (!page.items().isEmpty()) {
        return timers(page, next(query, page, scope, to == shards.size()));
      }
    }
    return new Page<>(List.of(), Optional.empty());
  }

  /** After the last timer of a part there may be some in the following parts. */
  private static Optional<PageToken> next(
      PagedQuery query, Page<Due> page, String scope, boolean isLastPart) {
    return page.next().isPresent() || isLastPart
        ? page.next()
        : Optional.of(query.token(scope, page.items().getLast().key()));
  }

  private static Page<WorkflowTimer> timers(Page<Due> page, Optional<PageToken> next) {
    List<WorkflowTimer> timers = new ArrayList<>(page.items().size());
    page.items().forEach(due -> timers.add(due.timer()));
    return new Page<>(timers, next);
  }
}
