package io.odin.persistence.sql.signal;

import static io.odin.persistence.sql.run.RunMapper.RUN;
import static io.odin.persistence.sql.run.Runs.RUNNING;
import static io.odin.persistence.sql.run.Runs.RUNS;
import static io.odin.persistence.sql.statement.Renderer.column;
import static io.odin.persistence.sql.statement.Renderer.columns;
import static io.odin.persistence.sql.statement.Renderer.matches;
import static io.odin.persistence.sql.statement.Renderer.notExists;
import static io.odin.persistence.sql.statement.Renderer.param;
import static io.odin.persistence.sql.statement.Renderer.table;

import io.odin.persistence.execution.RunKey;
import io.odin.persistence.signal.WorkflowSignal;
import io.odin.persistence.sql.database.PagedQuery;
import io.odin.persistence.sql.database.Statements;
import io.odin.persistence.sql.statement.DatabaseClock;
import io.odin.persistence.sql.statement.Row;
import io.odin.persistence.sql.statement.RowShape;
import io.odin.persistence.sql.statement.Sql;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.SelectConditionStep;
import org.jooq.Table;
import org.jooq.impl.DSL;

/** The statements over signals. */
final class SignalSql {

  private static final Table<?> SIGNALS = table("workflow_signals");
  private static final Condition PENDING =
      DSL.not(DSL.condition(DSL.field(DSL.unquotedName("processed"), Boolean.class)));
  private static final Condition SAME_IN_RUN =
      matches("namespace_id", "workflow_id", "run_id", "signal_id");
  private static final Condition SAME_IN_WORKFLOW =
      matches("namespace_id", "workflow_id", "signal_id");

  /** The signals of one run that are consumed. */
  static final RowShape CONSUMED =
      RowShape.into(SIGNALS)
          .key("namespace_id", "workflow_id", "run_id", "signal_id")
          .ofRun()
          .shared("processed", RowShape.Type.BOOLEAN)
          .each("signal_id", RowShape.Type.TEXT)
          .build();

  final Sql number;
  final Sql insertOnceInRun;
  final Sql insertOnceInWorkflow;
  final Sql findInRun;
  final Sql findInWorkflow;
  final Sql consume;
  final PagedQuery pending;

  SignalSql(Statements statements) {
    number =
        statements.query(
            "signals.number", DSL.update(RUNS).set(numbered()).where(matches(RUN).and(RUNNING)));
    insertOnceInRun = insertOnce(statements, "signals.insertOnceInRun", SAME_IN_RUN);
    insertOnceInWorkflow = insertOnce(statements, "signals.insertOnceInWorkflow", SAME_IN_WORKFLOW);
    findInRun = statements.query("signals.findInRun", receipts(SAME_IN_RUN));
    findInWorkflow =
        statements.query(
            "signals.findInWorkflow",
            receipts(SAME_IN_WORKFLOW).orderBy(column("run_id").desc()).limit(DSL.inline(1)));
    consume = statements.updateMatching("signals.consume", CONSUMED, PENDING);
    pending =
        statements.pagedQuery(
            "signals.pending",
            () ->
                DSL.select(
                        columns(
                            "signal_id",
                            "signal_name",
                            "signal_input",
                            "signal_sequence",
                            "received_at"))
                    .from(SIGNALS)
                    .where(matches(RUN).and(PENDING)),
            List.of(PagedQuery.Key.ascending("signal_sequence", RowShape.Type.NUMBER)));
  }

  private static Map<Field<?>, Field<?>> numbered() {
    Map<Field<?>, Field<?>> numbered = new LinkedHashMap<>();
    numbered.put(column("signal_sequence"), column("signal_sequence").plus(DSL.inline(1)));
    numbered.put(column("last_updated_at"), DatabaseClock.now());
    return numbered;
  }

  /**
   * Stores a signal under the number that its run was given just before, which has locked the run:
   * another transaction that sends the same signal has either committed or waits.
   */
  private static Sql insertOnce(Statements statements, String name, Condition same) {
    return statements.query(
        name,
        DSL.insertInto(SIGNALS)
            .columns(
                columns(
                    "namespace_id",
                    "workflow_id",
                    "run_id",
                    "signal_id",
                    "signal_name",
                    "signal_input",
                    "signal_sequence",
                    "received_at"))
            .select(
                DSL.select(
                        column("namespace_id"),
                        column("workflow_id"),
                        column("run_id"),
                        param("signal_id"),
                        param("signal_name"),
                        param("signal_input"),
                        column("signal_sequence"),
                        DatabaseClock.now())
                    .from(RUNS)
                    .where(matches(RUN).and(RUNNING))
                    .and(notExists(DSL.selectOne().from(SIGNALS).where(same)))));
  }

  private static SelectConditionStep<?> receipts(Condition same) {
    return DSL.select(columns("run_id", "signal_sequence")).from(SIGNALS).where(same);
  }

  static WorkflowSignal signal(Row row, RunKey run) throws SQLException {
    return new WorkflowSignal(
        run,
        row.text("signal_id"),
        row.text("signal_name"),
        row.json("signal_input"),
        row.number("signal_sequence"),
        row.instant("received_at"));
  }
}
