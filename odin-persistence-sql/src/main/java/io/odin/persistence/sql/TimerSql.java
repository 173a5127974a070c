package io.odin.persistence.sql;

import static io.odin.persistence.sql.Renderer.column;
import static io.odin.persistence.sql.Renderer.columns;
import static io.odin.persistence.sql.Renderer.matches;
import static io.odin.persistence.sql.Renderer.param;
import static io.odin.persistence.sql.Renderer.table;

import java.util.List;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;

/** The statements that read timers. */
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
  private static final List<Listing.Key> DUE_ORDER =
      List.of(
          Listing.Key.ascending("fire_at", Rows.Type.INSTANT),
          Listing.Key.ascending("namespace_id", Rows.Type.UUID),
          Listing.Key.ascending("workflow_id", Rows.Type.TEXT),
          Listing.Key.ascending("run_id", Rows.Type.UUID),
          Listing.Key.ascending("timer_id", Rows.Type.TEXT));

  final Listing dueNow;
  final Listing dueUntil;

  TimerSql(Dialect dialect) {
    Renderer renderer = new Renderer(dialect.family());
    dueNow = due(renderer, "timers.dueNow", DatabaseClock.statementStart());
    dueUntil = due(renderer, "timers.dueUntil", param("until"));
  }

  private static Listing due(Renderer renderer, String name, Field<Object> latest) {
    return new Listing(
        renderer,
        name,
        () ->
            DSL.select(COLUMNS)
                .from(TIMERS)
                .where(matches("shard_id").and(column("fire_at").le(latest))),
        DUE_ORDER);
  }
}
