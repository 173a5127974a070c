package io.odin.persistence.sql.shard;

import static io.odin.persistence.sql.shard.HistoryShardsTable.ACQUIRED_AT;
import static io.odin.persistence.sql.shard.HistoryShardsTable.FENCE_TOKEN;
import static io.odin.persistence.sql.shard.HistoryShardsTable.HISTORY_SHARDS;
import static io.odin.persistence.sql.shard.HistoryShardsTable.LAST_HEARTBEAT;
import static io.odin.persistence.sql.shard.HistoryShardsTable.OWNER_IDENTITY;
import static io.odin.persistence.sql.shard.HistoryShardsTable.RELEASED_TOKEN;
import static io.odin.persistence.sql.shard.HistoryShardsTable.SHARD_ID;
import static io.odin.persistence.sql.shard.HistoryShardsTable.SHARD_OWNER_LEASE_EXPIRY;
import static io.odin.persistence.sql.shard.ShardFencesTable.SHARD_FENCES;
import static io.odin.persistence.sql.statement.Columns.bool;
import static io.odin.persistence.sql.statement.Columns.microseconds;
import static io.odin.persistence.sql.statement.Columns.number;
import static io.odin.persistence.sql.statement.Renderer.clear;
import static io.odin.persistence.sql.statement.Renderer.column;
import static io.odin.persistence.sql.statement.Renderer.matches;
import static io.odin.persistence.sql.statement.Renderer.param;

import io.odin.persistence.sql.database.PagedQuery;
import io.odin.persistence.sql.database.Statements;
import io.odin.persistence.sql.namespace.LiveNamespaces;
import io.odin.persistence.sql.statement.DatabaseClock;
import io.odin.persistence.sql.statement.PayloadColumns;
import io.odin.persistence.sql.statement.Renderer;
import io.odin.persistence.sql.statement.RowShape;
import io.odin.persistence.sql.statement.Sql;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Query;
import org.jooq.SelectConditionStep;
import org.jooq.impl.DSL;

/**
 * The statements over shards. A transaction that takes a shard locks its row in history_shards
 * first and its fence second; commits hold share locks on the fence only, and renewals write to
 * history_shards only.
 */
final class ShardSql {

  static final Field<Duration> TIME_TO_LIVE = microseconds("time_to_live");
  static final Field<Boolean> IS_LIVE = bool("live");
  static final Field<Long> COUNT = number("shards");

  private static final Condition ONE_SHARD =
      column("s", SHARD_ID)
          .eq(column("f", SHARD_ID))
          .and(column("f", SHARD_ID).eq(param(SHARD_ID)));
  private static final Condition LIVE = SHARD_OWNER_LEASE_EXPIRY.gt(DatabaseClock.now());
  private static final Field<Boolean> SHOWN_AS_LIVE =
      DSL.field(OWNER_IDENTITY.isNotNull().and(LIVE)).as(IS_LIVE);
  private static final List<Field<?>> COLUMNS =
      List.of(
          SHARD_ID,
          OWNER_IDENTITY,
          FENCE_TOKEN,
          SHARD_OWNER_LEASE_EXPIRY,
          ACQUIRED_AT,
          LAST_HEARTBEAT,
          RELEASED_TOKEN);
  private static final Condition EXPIRED =
      SHARD_OWNER_LEASE_EXPIRY.isNull().or(SHARD_OWNER_LEASE_EXPIRY.le(DatabaseClock.now()));

  final RowShape shards = RowShape.into(HISTORY_SHARDS).key(SHARD_ID).each(SHARD_ID).build();
  final RowShape leases =
      RowShape.into(HISTORY_SHARDS)
          .key(SHARD_ID, OWNER_IDENTITY, FENCE_TOKEN)
          .sharedFromNow(SHARD_OWNER_LEASE_EXPIRY, LAST_HEARTBEAT)
          .each(SHARD_ID, OWNER_IDENTITY, FENCE_TOKEN)
          .build();
  final RowShape fences =
      RowShape.into(SHARD_FENCES).key(SHARD_ID).each(SHARD_ID, FENCE_TOKEN).build();
  final Sql fence;
  final Sql fenceInNamespace;
  final Sql fenceState;
  final Sql count;
  final Sql insert;
  final Sql withoutFence;
  final Sql insertFences;
  final Sql find;
  final Sql findEach;
  final Sql lock;
  final Sql lockAvailable;
  final Sql lockExpired;
  final Sql lockAll;
  final Sql raiseFence;
  final Sql raiseAllFences;
  final Sql take;
  final Sql renew;
  final Sql renewEach;
  final Sql release;
  final Sql clear;
  final Sql endAllLeases;
  final Sql copyAllFences;
  final Sql ownedBy;
  final PagedQuery list;

  ShardSql(Statements statements) {
    // Only the row that renewals do not touch is locked: see docs/decisions.
    fence = statements.query("shards.fence", fenceWhere(DSL.noCondition()));
    fenceInNamespace =
        statements.query("shards.fenceInNamespace", fenceWhere(LiveNamespaces.GIVEN));
    fenceState =
        statements.query(
            "shards.fenceState",
            DSL.select(column("f", FENCE_TOKEN), column("s", OWNER_IDENTITY))
                .from(SHARD_FENCES.as("f"))
                .join(HISTORY_SHARDS.as("s"))
                .on(ONE_SHARD));
    count =
        statements.query("shards.count", DSL.select(DSL.count().as(COUNT)).from(HISTORY_SHARDS));
    insert = statements.insertNew("shards.insert", shards);
    withoutFence =
        statements.query(
            "shards.withoutFence",
            DSL.select(SHARD_ID, FENCE_TOKEN)
                .from(HISTORY_SHARDS)
                .where(SHARD_ID.notIn(DSL.select(SHARD_ID).from(SHARD_FENCES))));
    insertFences = statements.insertNew("shards.insertFences", fences);
    find = statements.query("shards.find", select(matches(SHARD_ID)));
    findEach = statements.selectMatching("shards.findEach", shards, PayloadColumns.none(ofEach()));
    lock = statements.query("shards.lock", select(matches(SHARD_ID)).forUpdate());
    lockAvailable = statements.query("shards.lockAvailable", available());
    lockExpired =
        statements.query(
            "shards.lockExpired",
            DSL.select(SHARD_ID)
                .from(HISTORY_SHARDS)
                .where(OWNER_IDENTITY.isNotNull().and(EXPIRED))
                .orderBy(SHARD_ID)
                .limit(Renderer.limit())
                .forUpdate()
                .skipLocked());
    lockAll =
        statements.query(
            "shards.lockAll",
            DSL.select(SHARD_ID).from(HISTORY_SHARDS).orderBy(SHARD_ID).forUpdate());
    raiseFence =
        statements.query(
            "shards.raiseFence",
            DSL.update(SHARD_FENCES).set(FENCE_TOKEN, raised()).where(matches(SHARD_ID)));
    raiseAllFences =
        statements.query(
            "shards.raiseAllFences", DSL.update(SHARD_FENCES).set(FENCE_TOKEN, raised()));
    take =
        statements.query(
            "shards.take", DSL.update(HISTORY_SHARDS).set(taken()).where(matches(SHARD_ID)));
    renew =
        statements.query(
            "shards.renew",
            DSL.update(HISTORY_SHARDS)
                .set(extended())
                .where(matches(SHARD_ID, OWNER_IDENTITY, FENCE_TOKEN).and(LIVE)));
    renewEach = statements.updateMatching("shards.renewEach", leases, LIVE);
    release =
        statements.query(
            "shards.release",
            DSL.update(HISTORY_SHARDS)
                .set(free())
                .set(RELEASED_TOKEN, FENCE_TOKEN)
                .where(matches(SHARD_ID, OWNER_IDENTITY, FENCE_TOKEN)));
    clear =
        statements.query(
            "shards.clear", DSL.update(HISTORY_SHARDS).set(free()).where(matches(SHARD_ID)));
    endAllLeases =
        statements.query(
            "shards.endAllLeases",
            DSL.update(HISTORY_SHARDS)
                .set(free())
                .where(OWNER_IDENTITY.isNotNull().or(SHARD_OWNER_LEASE_EXPIRY.isNotNull())));
    Map<Field<?>, Field<?>> copied = free();
    copied.put(FENCE_TOKEN, fence());
    copyAllFences =
        statements.query("shards.copyAllFences", DSL.update(HISTORY_SHARDS).set(copied));
    ownedBy = statements.query("shards.ownedBy", select(matches(OWNER_IDENTITY)).orderBy(SHARD_ID));
    list =
        statements.pagedQuery(
            "shards.list",
            () -> select(DSL.noCondition()),
            List.of(PagedQuery.Key.ascending(SHARD_ID)));
  }

  private static Query fenceWhere(Condition more) {
    return DSL.select(column("f", SHARD_ID))
        .from(SHARD_FENCES.as("f"))
        .join(HISTORY_SHARDS.as("s"))
        .on(ONE_SHARD)
        .where(
            column("f", FENCE_TOKEN)
                .eq(param(FENCE_TOKEN))
                .and(column("s", SHARD_OWNER_LEASE_EXPIRY).gt(DatabaseClock.now()))
                .and(more))
        .forShare()
        .of(SHARD_FENCES.as("f"));
  }

  private static List<Field<?>> ofEach() {
    List<Field<?>> columns = new ArrayList<>(Renderer.columns("t", COLUMNS));
    columns.add(SHOWN_AS_LIVE);
    return columns;
  }

  private static SelectConditionStep<?> select(Condition condition) {
    return DSL.select(COLUMNS).select(SHOWN_AS_LIVE).from(HISTORY_SHARDS).where(condition);
  }

  /**
   * Shards that can be taken, with their fences. Skips those that another host is taking, and those
   * under whose old token a commit is in progress: waiting for one would keep all others from being
   * taken.
   */
  private static Query available() {
    return DSL.select(column("s", SHARD_ID))
        .from(HISTORY_SHARDS.as("s"))
        .join(SHARD_FENCES.as("f"))
        .on(column("f", SHARD_ID).eq(column("s", SHARD_ID)))
        .where(OWNER_IDENTITY.isNull().or(EXPIRED))
        .orderBy(column("s", SHARD_ID))
        .limit(Renderer.limit())
        .forUpdate()
        .skipLocked();
  }

  /** One more than the greater of both tokens, which differ only if someone changed one by hand. */
  private static Field<Long> raised() {
    Field<Long> copy =
        DSL.field(
            DSL.select(column("s", FENCE_TOKEN))
                .from(HISTORY_SHARDS.as("s"))
                .where(column("s", SHARD_ID).eq(column(SHARD_FENCES.getName(), SHARD_ID))));
    return DSL.greatest(FENCE_TOKEN, DSL.coalesce(copy, DSL.inline(0))).plus(DSL.inline(1));
  }

  private static Field<Long> fence() {
    return DSL.field(
        DSL.select(column("f", FENCE_TOKEN))
            .from(SHARD_FENCES.as("f"))
            .where(column("f", SHARD_ID).eq(column(HISTORY_SHARDS.getName(), SHARD_ID))));
  }

  private static Map<Field<?>, Field<?>> taken() {
    Map<Field<?>, Field<?>> assignments = new LinkedHashMap<>();
    assignments.put(OWNER_IDENTITY, param(OWNER_IDENTITY));
    assignments.put(FENCE_TOKEN, fence());
    assignments.put(ACQUIRED_AT, DatabaseClock.now());
    assignments.putAll(extended());
    return assignments;
  }

  private static Map<Field<?>, Field<?>> extended() {
    Map<Field<?>, Field<?>> assignments = new LinkedHashMap<>();
    assignments.put(SHARD_OWNER_LEASE_EXPIRY, DatabaseClock.after(param(TIME_TO_LIVE)));
    assignments.put(LAST_HEARTBEAT, DatabaseClock.now());
    return assignments;
  }

  private static Map<Field<?>, Field<?>> free() {
    return clear(OWNER_IDENTITY, SHARD_OWNER_LEASE_EXPIRY, ACQUIRED_AT);
  }
}
