package io.odin.persistence.sql.timer;

import static io.odin.persistence.sql.run.RunMapper.RUN;
import static io.odin.persistence.sql.statement.Renderer.column;
import static io.odin.persistence.sql.statement.Renderer.columns;
import static io.odin.persistence.sql.statement.Renderer.matches;
import static io.odin.persistence.sql.statement.Renderer.param;
import static io.odin.persistence.sql.statement.Renderer.table;

import io.odin.persistence.execution.RunKey;
import io.odin.persistence.sql.database.PagedQuery;
import io.odin.persistence.sql.database.Statements;
import io.odin.persistence.sql.statement.DatabaseClock;
import io.odin.persistence.sql.statement.Row;
import io.odin.persistence.sql.statement.RowShape;
import io.odin.persistence.sql.statement.Sql;
import io.odin.persistence.timer.WorkflowTimer;
import java.sql.SQLException;
import java.util.List;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;

/** The statements over timers. */
final class TimerSql {

  private static final Table<?> TIMERS = table("workflow_timers");
  private static final List<Field<?>> COLUMNS =
      columns(
          "namespace_id",
          "workflow_id",
          "run_id",
          "timer_id",
          "fire_at",
          "timer_data",
          "created_at");
  private static final List<PagedQuery.Key> DUE_ORDER =
      List.of(
          PagedQuery.Key.ascending("fire_at", RowShape.Type.INSTANT),
          PagedQuery.Key.ascending("namespace_id", RowShape.Type.UUID),
          PagedQuery.Key.ascending("workflow_id", RowShape.Type.TEXT),
          PagedQuery.Key.ascending("run_id", RowShape.Type.UUID),
          PagedQuery.Key.ascending("timer_id", RowShape.Type.TEXT));

  /** The timers of one run that are set or moved. */
  static final RowShape SET =
      RowShape.into(TIMERS)
          .key("namespace_id", "workflow_id", "run_id", "timer_id")
          .ofRun()
          .shared("shard_id", RowShape.Type.INTEGER)
          .each("timer_id", RowShape.Type.TEXT)
          .each("fire_at", RowShape.Type.INSTANT)
          .each("timer_data", RowShape.Type.JSON)
          .build();

  /** The timers of one run that are removed. */
  static final RowShape DELETED =
      RowShape.into(TIMERS)
          .key("namespace_id", "workflow_id", "run_id", "timer_id")
          .ofRun()
          .each("timer_id", RowShape.Type.TEXT)
          .each("fire_at", RowShape.Type.INSTANT)
          .build();

  final Sql set;
  final Sql delete;
  final Sql deleteOfRun;
  final Sql ofRun;
  final PagedQuery dueNow;
  final PagedQuery dueUntil;

  TimerSql(Statements statements) {
    set = statements.upsert("timers.set", SET, columns("fire_at", "timer_data"));
    delete = statements.deleteMatching("timers.delete", DELETED);
    deleteOfRun =
        statements.query("timers.deleteOfRun", DSL.deleteFrom(TIMERS).where(matches(RUN)));
    ofRun =
        statements.query(
            "timers.ofRun",
            DSL.select(columns("timer_id", "fire_at", "timer_data", "created_at"))
                .from(TIMERS)
                .where(matches(RUN))
                .orderBy(column("timer_id")));
    dueNow = due(statements, "timers.dueNow", DatabaseClock.statementStart());
    dueUntil = due(statements, "timers.dueUntil", param("until"));
  }

  private static PagedQuery due(Statements statements, String name, Field<Object> latest) {
    return statements.pagedQuery(
        name,
        () ->
            DSL.select(COLUMNS)
                .from(TIMERS)
                .where(matches("shard_id").and(column("fire_at").le(latest))),
        DUE_ORDER);
  }

  static WorkflowTimer timer(Row row, RunKey run) throws SQLException {
    return new WorkflowTimer(
        run,
        row.text("timer_id"),
        row.instant("fire_at"),
        row.json("timer_data"),
        row.instant("created_at"));
  }
}
