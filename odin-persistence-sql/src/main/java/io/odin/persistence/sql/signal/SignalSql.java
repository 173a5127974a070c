package io.odin.persistence.sql.signal;

import static io.odin.persistence.sql.run.Runs.RUNNING;
import static io.odin.persistence.sql.run.WorkflowExecutionsTable.LAST_UPDATED_AT;
import static io.odin.persistence.sql.run.WorkflowExecutionsTable.WORKFLOW_EXECUTIONS;
import static io.odin.persistence.sql.signal.WorkflowSignalsTable.KEY;
import static io.odin.persistence.sql.signal.WorkflowSignalsTable.PROCESSED;
import static io.odin.persistence.sql.signal.WorkflowSignalsTable.RECEIVED_AT;
import static io.odin.persistence.sql.signal.WorkflowSignalsTable.SIGNAL_BYTES;
import static io.odin.persistence.sql.signal.WorkflowSignalsTable.SIGNAL_ID;
import static io.odin.persistence.sql.signal.WorkflowSignalsTable.SIGNAL_INPUT;
import static io.odin.persistence.sql.signal.WorkflowSignalsTable.SIGNAL_NAME;
import static io.odin.persistence.sql.signal.WorkflowSignalsTable.SIGNAL_PAYLOAD;
import static io.odin.persistence.sql.signal.WorkflowSignalsTable.SIGNAL_SEQUENCE;
import static io.odin.persistence.sql.signal.WorkflowSignalsTable.WORKFLOW_SIGNALS;
import static io.odin.persistence.sql.statement.Renderer.matches;
import static io.odin.persistence.sql.statement.Renderer.notExists;
import static io.odin.persistence.sql.statement.Renderer.param;
import static io.odin.persistence.sql.statement.RunColumns.NAMESPACE_ID;
import static io.odin.persistence.sql.statement.RunColumns.RUN;
import static io.odin.persistence.sql.statement.RunColumns.RUN_ID;
import static io.odin.persistence.sql.statement.RunColumns.WORKFLOW_ID;

import io.odin.persistence.run.RunKey;
import io.odin.persistence.signal.WorkflowSignal;
import io.odin.persistence.sql.database.PagedQuery;
import io.odin.persistence.sql.database.Statements;
import io.odin.persistence.sql.namespace.LiveNamespaces;
import io.odin.persistence.sql.statement.Columns;
import io.odin.persistence.sql.statement.DatabaseClock;
import io.odin.persistence.sql.statement.PayloadColumns;
import io.odin.persistence.sql.statement.Renderer;
import io.odin.persistence.sql.statement.Row;
import io.odin.persistence.sql.statement.RowShape;
import io.odin.persistence.sql.statement.Sql;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Query;
import org.jooq.SelectConditionStep;
import org.jooq.impl.DSL;

/** The statements over signals. */
final class SignalSql {

  private static final Condition PENDING = DSL.not(DSL.condition(PROCESSED));
  private static final Condition SAME_IN_RUN = matches(KEY);
  private static final Condition SAME_IN_WORKFLOW = matches(NAMESPACE_ID, WORKFLOW_ID, SIGNAL_ID);

  /** The signals of one run that are consumed. */
  static final RowShape CONSUMED =
      RowShape.into(WORKFLOW_SIGNALS).key(KEY).ofRun().shared(PROCESSED).each(SIGNAL_ID).build();

  /** The signals that a run begins with. */
  static final RowShape NEW =
      RowShape.into(WORKFLOW_SIGNALS)
          .key(KEY)
          .ofRun()
          .each(SIGNAL_ID, SIGNAL_NAME, SIGNAL_INPUT, SIGNAL_BYTES, SIGNAL_SEQUENCE)
          .build();

  /** Signals of one workflow, whichever run has received them. */
  static final RowShape IN_WORKFLOW =
      RowShape.into(WORKFLOW_SIGNALS)
          .key(NAMESPACE_ID, WORKFLOW_ID, SIGNAL_ID)
          .shared(NAMESPACE_ID, WORKFLOW_ID)
          .each(SIGNAL_ID)
          .build();

  /** The run that receives the pending signals of another one. */
  static final Field<UUID> NEXT_RUN_ID = Columns.uuid("next_run_id");

  /** How many signals the next run has before it receives others. */
  static final Field<Long> RECEIVED_BEFORE = Columns.number("received_before");

  final Sql number;
  final Sql receivedInWorkflow;
  final Sql insert;
  final Sql carry;
  final Sql countCarried;
  final Sql markCarried;
  final Sql insertOnceInRun;
  final Sql insertOnceInWorkflow;
  final Sql findInRun;
  final Sql findInWorkflow;
  final Sql consume;
  final PagedQuery pending;

  SignalSql(Statements statements) {
    number =
        statements.query(
            "signals.number",
            DSL.update(WORKFLOW_EXECUTIONS)
                .set(numbered())
                .where(matches(RUN).and(RUNNING).and(LiveNamespaces.GIVEN)));
    insertOnceInRun = insertOnce(statements, "signals.insertOnceInRun", SAME_IN_RUN);
    insertOnceInWorkflow = insertOnce(statements, "signals.insertOnceInWorkflow", SAME_IN_WORKFLOW);
    findInRun = statements.query("signals.findInRun", receipts(SAME_IN_RUN));
    findInWorkflow =
        statements.query(
            "signals.findInWorkflow",
            receipts(SAME_IN_WORKFLOW).orderBy(RUN_ID.desc()).limit(DSL.inline(1)));
    receivedInWorkflow =
        statements.selectMatching(
            "signals.receivedInWorkflow",
            IN_WORKFLOW,
            PayloadColumns.none(
                Renderer.columns("t", List.of(RUN_ID, SIGNAL_ID, SIGNAL_SEQUENCE))));
    insert = statements.insertNew("signals.insert", NEW);
    carry = statements.query("signals.carry", carry());
    countCarried =
        statements.query(
            "signals.countCarried",
            DSL.update(WORKFLOW_EXECUTIONS)
                .set(
                    Map.of(
                        SIGNAL_SEQUENCE,
                        SIGNAL_SEQUENCE.plus(
                            DSL.field(
                                DSL.selectCount()
                                    .from(WORKFLOW_SIGNALS)
                                    .where(matches(RUN).and(PENDING))))))
                .where(matches(NAMESPACE_ID, WORKFLOW_ID).and(RUN_ID.eq(param(NEXT_RUN_ID)))));
    markCarried =
        statements.query(
            "signals.markCarried",
            DSL.update(WORKFLOW_SIGNALS)
                .set(Map.of(PROCESSED, DSL.inline(true)))
                .where(matches(RUN).and(PENDING)));
    consume = statements.updateMatching("signals.consume", CONSUMED, PENDING);
    pending =
        statements.pagedQuery(
            "signals.pending",
            PayloadColumns.of(
                List.of(
                    SIGNAL_ID,
                    SIGNAL_NAME,
                    SIGNAL_INPUT,
                    SIGNAL_BYTES,
                    SIGNAL_SEQUENCE,
                    RECEIVED_AT)),
            columns -> DSL.select(columns).from(WORKFLOW_SIGNALS).where(matches(RUN).and(PENDING)),
            List.of(PagedQuery.Key.ascending(SIGNAL_SEQUENCE)));
  }

  private static Map<Field<?>, Field<?>> numbered() {
    Map<Field<?>, Field<?>> numbered = new LinkedHashMap<>();
    numbered.put(SIGNAL_SEQUENCE, SIGNAL_SEQUENCE.plus(DSL.inline(1)));
    numbered.put(LAST_UPDATED_AT, DatabaseClock.now());
    return numbered;
  }

  /**
   * Stores a signal under the number that its run was given just before, which has locked the run:
   * another transaction that sends the same signal has either committed or waits.
   */
  private static Sql insertOnce(Statements statements, String name, Condition same) {
    return statements.query(
        name,
        DSL.insertInto(WORKFLOW_SIGNALS)
            .columns(
                NAMESPACE_ID,
                WORKFLOW_ID,
                RUN_ID,
                SIGNAL_ID,
                SIGNAL_NAME,
                SIGNAL_INPUT,
                SIGNAL_BYTES,
                SIGNAL_SEQUENCE,
                RECEIVED_AT)
            .select(
                DSL.select(
                        NAMESPACE_ID,
                        WORKFLOW_ID,
                        RUN_ID,
                        param(SIGNAL_ID),
                        param(SIGNAL_NAME),
                        param(SIGNAL_INPUT),
                        param(SIGNAL_BYTES),
                        SIGNAL_SEQUENCE,
                        DatabaseClock.now())
                    .from(WORKFLOW_EXECUTIONS)
                    .where(matches(RUN).and(RUNNING).and(LiveNamespaces.GIVEN))
                    .and(notExists(DSL.selectOne().from(WORKFLOW_SIGNALS).where(same)))));
  }

  /** Copies the pending signals of one run to another, numbered in their order. */
  private static Query carry() {
    return DSL.insertInto(WORKFLOW_SIGNALS)
        .columns(
            NAMESPACE_ID,
            WORKFLOW_ID,
            RUN_ID,
            SIGNAL_ID,
            SIGNAL_NAME,
            SIGNAL_INPUT,
            SIGNAL_BYTES,
            SIGNAL_SEQUENCE,
            RECEIVED_AT)
        .select(
            DSL.select(
                    NAMESPACE_ID,
                    WORKFLOW_ID,
                    param(NEXT_RUN_ID),
                    SIGNAL_ID,
                    SIGNAL_NAME,
                    SIGNAL_INPUT,
                    SIGNAL_BYTES,
                    param(RECEIVED_BEFORE).plus(DSL.rowNumber().over(DSL.orderBy(SIGNAL_SEQUENCE))),
                    RECEIVED_AT)
                .from(WORKFLOW_SIGNALS)
                .where(matches(RUN).and(PENDING))
                // Then the commit is refused, and says so.
                .and(
                    SIGNAL_ID.notIn(
                        DSL.select(SIGNAL_ID)
                            .from(WORKFLOW_SIGNALS)
                            .where(
                                matches(NAMESPACE_ID, WORKFLOW_ID)
                                    .and(RUN_ID.eq(param(NEXT_RUN_ID)))))));
  }

  private static SelectConditionStep<?> receipts(Condition same) {
    return DSL.select(RUN_ID, SIGNAL_SEQUENCE).from(WORKFLOW_SIGNALS).where(same);
  }

  static WorkflowSignal signal(Row row, RunKey run) throws SQLException {
    return new WorkflowSignal(
        run,
        row.get(SIGNAL_ID),
        row.get(SIGNAL_NAME),
        row.get(SIGNAL_PAYLOAD),
        row.get(SIGNAL_SEQUENCE),
        row.get(RECEIVED_AT));
  }
}
