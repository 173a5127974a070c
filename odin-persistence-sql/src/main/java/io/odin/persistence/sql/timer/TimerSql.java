package io.odin.persistence.sql.timer;

import static io.odin.persistence.sql.statement.Columns.instant;
import static io.odin.persistence.sql.statement.Renderer.matches;
import static io.odin.persistence.sql.statement.Renderer.param;
import static io.odin.persistence.sql.statement.RunColumns.NAMESPACE_ID;
import static io.odin.persistence.sql.statement.RunColumns.RUN;
import static io.odin.persistence.sql.statement.RunColumns.RUN_ID;
import static io.odin.persistence.sql.statement.RunColumns.WORKFLOW_ID;
import static io.odin.persistence.sql.timer.WorkflowTimersTable.CREATED_AT;
import static io.odin.persistence.sql.timer.WorkflowTimersTable.FIRE_AT;
import static io.odin.persistence.sql.timer.WorkflowTimersTable.KEY;
import static io.odin.persistence.sql.timer.WorkflowTimersTable.SHARD_ID;
import static io.odin.persistence.sql.timer.WorkflowTimersTable.TIMER_BYTES;
import static io.odin.persistence.sql.timer.WorkflowTimersTable.TIMER_DATA;
import static io.odin.persistence.sql.timer.WorkflowTimersTable.TIMER_ID;
import static io.odin.persistence.sql.timer.WorkflowTimersTable.TIMER_PAYLOAD;
import static io.odin.persistence.sql.timer.WorkflowTimersTable.WORKFLOW_TIMERS;

import io.odin.persistence.run.RunKey;
import io.odin.persistence.sql.database.PageReading;
import io.odin.persistence.sql.database.PagedQuery;
import io.odin.persistence.sql.database.Session;
import io.odin.persistence.sql.database.Statements;
import io.odin.persistence.sql.namespace.LiveNamespaces;
import io.odin.persistence.sql.run.RunMapper;
import io.odin.persistence.sql.statement.DatabaseClock;
import io.odin.persistence.sql.statement.NumberSet;
import io.odin.persistence.sql.statement.PayloadColumns;
import io.odin.persistence.sql.statement.Row;
import io.odin.persistence.sql.statement.RowShape;
import io.odin.persistence.sql.statement.Sql;
import io.odin.persistence.timer.WorkflowTimer;
import io.odin.persistence.value.PageRequest;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;

/** The statements over timers. */
final class TimerSql {

  static final Field<Instant> UNTIL = instant("until");

  private static final List<Field<?>> COLUMNS =
      List.of(
          NAMESPACE_ID,
          WORKFLOW_ID,
          RUN_ID,
          TIMER_ID,
          FIRE_AT,
          TIMER_DATA,
          TIMER_BYTES,
          CREATED_AT);

  /** The shards of a query of several. */
  static final NumberSet SHARDS = new NumberSet("shard_ids");

  private static final List<PagedQuery.Key> DUE_ORDER =
      List.of(
          PagedQuery.Key.ascending(FIRE_AT),
          PagedQuery.Key.ascending(NAMESPACE_ID),
          PagedQuery.Key.ascending(WORKFLOW_ID),
          PagedQuery.Key.ascending(RUN_ID),
          PagedQuery.Key.ascending(TIMER_ID));
  private static final List<PagedQuery.Key> SHARD_ORDER =
      Stream.concat(Stream.of(PagedQuery.Key.ascending(SHARD_ID)), DUE_ORDER.stream()).toList();

  /** The timers of one run that are set or moved. */
  static final RowShape SET =
      RowShape.into(WORKFLOW_TIMERS)
          .key(KEY)
          .ofRun()
          .shared(SHARD_ID)
          .each(TIMER_ID, FIRE_AT, TIMER_DATA, TIMER_BYTES)
          .build();

  /** The timers of one run that are removed. */
  static final RowShape DELETED =
      RowShape.into(WORKFLOW_TIMERS).key(KEY).ofRun().each(TIMER_ID, FIRE_AT).build();

  final Sql set;
  final Sql delete;
  final Sql deleteOfRun;
  final PagedQuery ofRun;
  final PagedQuery dueNow;
  final PagedQuery dueUntil;
  final PagedQuery dueNowOfAll;
  final PagedQuery dueUntilOfAll;

  TimerSql(Statements statements) {
    set = statements.upsert("timers.set", SET, List.of(FIRE_AT, TIMER_DATA, TIMER_BYTES));
    delete = statements.deleteMatching("timers.delete", DELETED);
    deleteOfRun =
        statements.query("timers.deleteOfRun", DSL.deleteFrom(WORKFLOW_TIMERS).where(matches(RUN)));
    ofRun =
        statements.pagedQuery(
            "timers.ofRun",
            PayloadColumns.of(List.of(TIMER_ID, FIRE_AT, TIMER_DATA, TIMER_BYTES, CREATED_AT)),
            columns -> DSL.select(columns).from(WORKFLOW_TIMERS).where(matches(RUN)),
            List.of(PagedQuery.Key.ascending(TIMER_ID)));
    dueNow = due(statements, "timers.dueNow", DatabaseClock.statementStart());
    dueUntil = due(statements, "timers.dueUntil", param(UNTIL));
    dueNowOfAll = dueOfAll(statements, "timers.dueNowOfAll", DatabaseClock.statementStart());
    dueUntilOfAll = dueOfAll(statements, "timers.dueUntilOfAll", param(UNTIL));
  }

  private static PagedQuery due(Statements statements, String name, Field<Instant> latest) {
    return statements.pagedQuery(
        name,
        PayloadColumns.of(COLUMNS),
        columns ->
            DSL.select(columns).from(WORKFLOW_TIMERS).where(isDue(matches(SHARD_ID), latest)),
        DUE_ORDER);
  }

  private static PagedQuery dueOfAll(Statements statements, String name, Field<Instant> latest) {
    List<Field<?>> columns = new ArrayList<>(COLUMNS);
    columns.add(SHARD_ID);
    Table<?> timers =
        statements.renderer().forms().forceIndex("idx_workflow_timers_due", WORKFLOW_TIMERS);
    return statements.pagedQueryOfMany(
        name,
        PayloadColumns.of(columns),
        selected ->
            DSL.select(selected).from(timers).where(isDue(SHARDS.contains(SHARD_ID), latest)),
        SHARD_ORDER);
  }

  private static Condition isDue(Condition ofShard, Field<Instant> latest) {
    return ofShard.and(FIRE_AT.le(latest)).and(LiveNamespaces.of(WORKFLOW_TIMERS.getName()));
  }

  /** A page of the timers of one run, which is not read yet. */
  PageReading<WorkflowTimer> ofRun(Session session, RunKey run, PageRequest page) {
    return ofRun.begin(session, RunMapper.run(run), page, run.toString(), row -> timer(row, run));
  }

  static WorkflowTimer timer(Row row, RunKey run) throws SQLException {
    return new WorkflowTimer(
        run, row.get(TIMER_ID), row.get(FIRE_AT), row.get(TIMER_PAYLOAD), row.get(CREATED_AT));
  }
}
