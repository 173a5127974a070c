package io.odin.persistence.sql.shard;

import static io.odin.persistence.sql.statement.Renderer.column;
import static io.odin.persistence.sql.statement.Renderer.columns;
import static io.odin.persistence.sql.statement.Renderer.matches;
import static io.odin.persistence.sql.statement.Renderer.param;
import static io.odin.persistence.sql.statement.Renderer.table;

import io.odin.persistence.sql.database.PagedQuery;
import io.odin.persistence.sql.database.Statements;
import io.odin.persistence.sql.statement.DatabaseClock;
import io.odin.persistence.sql.statement.Renderer;
import io.odin.persistence.sql.statement.RowShape;
import io.odin.persistence.sql.statement.Sql;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Query;
import org.jooq.SelectConditionStep;
import org.jooq.Table;
import org.jooq.impl.DSL;

/**
 * The statements over shards. A transaction that takes a shard locks its row in history_shards
 * first and its fence second; commits hold share locks on the fence only, and renewals write to
 * history_shards only.
 */
final class ShardSql {

  private static final Table<?> SHARDS = table("history_shards");
  private static final Table<?> FENCES = table("shard_fences");
  private static final String OWNER = "owner_identity";
  private static final String EXPIRY = "shard_owner_lease_expiry";
  private static final Condition ONE_SHARD =
      column("s", "shard_id")
          .eq(column("f", "shard_id"))
          .and(column("f", "shard_id").eq(param("shard_id")));
  private static final Condition LIVE = column(EXPIRY).gt(DatabaseClock.now());
  private static final Condition EXPIRED =
      column(EXPIRY).isNull().or(column(EXPIRY).le(DatabaseClock.now()));

  final RowShape shards =
      RowShape.into(SHARDS).key("shard_id").each("shard_id", RowShape.Type.INTEGER).build();
  final RowShape fences =
      RowShape.into(FENCES)
          .key("shard_id")
          .each("shard_id", RowShape.Type.INTEGER)
          .each("fence_token", RowShape.Type.NUMBER)
          .build();
  final Sql fence;
  final Sql fenceState;
  final Sql count;
  final Sql insert;
  final Sql withoutFence;
  final Sql insertFences;
  final Sql find;
  final Sql lock;
  final Sql lockAvailable;
  final Sql lockExpired;
  final Sql lockAll;
  final Sql raiseFence;
  final Sql raiseAllFences;
  final Sql take;
  final Sql renew;
  final Sql release;
  final Sql clear;
  final Sql endAllLeases;
  final Sql copyAllFences;
  final Sql ownedBy;
  final PagedQuery list;

  ShardSql(Statements statements) {
    // Only the row that renewals do not touch is locked: see docs/decisions.
    fence =
        statements.query(
            "shards.fence",
            DSL.select(column("f", "shard_id"))
                .from(FENCES.as("f"))
                .join(SHARDS.as("s"))
                .on(ONE_SHARD)
                .where(
                    column("f", "fence_token")
                        .eq(param("fence_token"))
                        .and(column("s", EXPIRY).gt(DatabaseClock.now())))
                .forShare()
                .of(FENCES.as("f")));
    fenceState =
        statements.query(
            "shards.fenceState",
            DSL.select(column("f", "fence_token"), column("s", OWNER))
                .from(FENCES.as("f"))
                .join(SHARDS.as("s"))
                .on(ONE_SHARD));
    count = statements.query("shards.count", DSL.select(DSL.count().as("shards")).from(SHARDS));
    insert = statements.insertNew("shards.insert", shards);
    withoutFence =
        statements.query(
            "shards.withoutFence",
            DSL.select(columns("shard_id", "fence_token"))
                .from(SHARDS)
                .where(column("shard_id").notIn(DSL.select(column("shard_id")).from(FENCES))));
    insertFences = statements.insertNew("shards.insertFences", fences);
    find = statements.query("shards.find", select(matches("shard_id")));
    lock = statements.query("shards.lock", select(matches("shard_id")).forUpdate());
    lockAvailable = statements.query("shards.lockAvailable", available());
    lockExpired =
        statements.query(
            "shards.lockExpired",
            DSL.select(column("shard_id"))
                .from(SHARDS)
                .where(column(OWNER).isNotNull().and(EXPIRED))
                .orderBy(column("shard_id"))
                .limit(Renderer.limit())
                .forUpdate()
                .skipLocked());
    lockAll =
        statements.query(
            "shards.lockAll",
            DSL.select(column("shard_id")).from(SHARDS).orderBy(column("shard_id")).forUpdate());
    raiseFence =
        statements.query(
            "shards.raiseFence",
            DSL.update(FENCES).set(column("fence_token"), raised()).where(matches("shard_id")));
    raiseAllFences =
        statements.query(
            "shards.raiseAllFences", DSL.update(FENCES).set(column("fence_token"), raised()));
    take =
        statements.query("shards.take", DSL.update(SHARDS).set(taken()).where(matches("shard_id")));
    renew =
        statements.query(
            "shards.renew",
            DSL.update(SHARDS)
                .set(extended())
                .where(matches("shard_id", OWNER, "fence_token").and(LIVE)));
    release =
        statements.query(
            "shards.release",
            DSL.update(SHARDS).set(free()).where(matches("shard_id", OWNER, "fence_token")));
    clear =
        statements.query("shards.clear", DSL.update(SHARDS).set(free()).where(matches("shard_id")));
    endAllLeases =
        statements.query(
            "shards.endAllLeases",
            DSL.update(SHARDS)
                .set(free())
                .where(column(OWNER).isNotNull().or(column(EXPIRY).isNotNull())));
    Map<Field<?>, Field<?>> copied = free();
    copied.put(column("fence_token"), fence());
    copyAllFences = statements.query("shards.copyAllFences", DSL.update(SHARDS).set(copied));
    ownedBy =
        statements.query("shards.ownedBy", select(matches(OWNER)).orderBy(column("shard_id")));
    list =
        statements.pagedQuery(
            "shards.list",
            () -> select(DSL.noCondition()),
            List.of(PagedQuery.Key.ascending("shard_id", RowShape.Type.INTEGER)));
  }

  private static SelectConditionStep<?> select(Condition condition) {
    List<Field<?>> columns =
        new ArrayList<>(
            columns("shard_id", OWNER, "fence_token", EXPIRY, "acquired_at", "last_heartbeat"));
    columns.add(DSL.field(column(OWNER).isNotNull().and(LIVE)).as("live"));
    return DSL.select(columns).from(SHARDS).where(condition);
  }

  /**
   * Shards that can be taken, with their fences. Skips those that another host is taking, and those
   * under whose old token a commit is in progress: waiting for one would keep all others from being
   * taken.
   */
  private static Query available() {
    return DSL.select(column("s", "shard_id"))
        .from(SHARDS.as("s"))
        .join(FENCES.as("f"))
        .on(column("f", "shard_id").eq(column("s", "shard_id")))
        .where(column(OWNER).isNull().or(EXPIRED))
        .orderBy(column("s", "shard_id"))
        .limit(Renderer.limit())
        .forUpdate()
        .skipLocked();
  }

  /** One more than the greater of both tokens, which differ only if someone changed one by hand. */
  private static Field<?> raised() {
    Field<Object> copy =
        DSL.field(
            DSL.select(column("s", "fence_token"))
                .from(SHARDS.as("s"))
                .where(column("s", "shard_id").eq(column("shard_fences", "shard_id"))));
    return DSL.greatest(column("fence_token"), DSL.coalesce(copy, DSL.inline(0)))
        .plus(DSL.inline(1));
  }

  private static Field<?> fence() {
    return DSL.field(
        DSL.select(column("f", "fence_token"))
            .from(FENCES.as("f"))
            .where(column("f", "shard_id").eq(column("history_shards", "shard_id"))));
  }

  private static Map<Field<?>, Field<?>> taken() {
    Map<Field<?>, Field<?>> assignments = new LinkedHashMap<>();
    assignments.put(column(OWNER), param(OWNER));
    assignments.put(column("fence_token"), fence());
    assignments.put(column("acquired_at"), DatabaseClock.now());
    assignments.putAll(extended());
    return assignments;
  }

  private static Map<Field<?>, Field<?>> extended() {
    Map<Field<?>, Field<?>> assignments = new LinkedHashMap<>();
    assignments.put(column(EXPIRY), DatabaseClock.after(param("time_to_live")));
    assignments.put(column("last_heartbeat"), DatabaseClock.now());
    return assignments;
  }

  private static Map<Field<?>, Field<?>> free() {
    Map<Field<?>, Field<?>> assignments = new LinkedHashMap<>();
    for (String name : List.of(OWNER, EXPIRY, "acquired_at")) {
      assignments.put(column(name), DSL.inline((Object) null));
    }
    return assignments;
  }
}
