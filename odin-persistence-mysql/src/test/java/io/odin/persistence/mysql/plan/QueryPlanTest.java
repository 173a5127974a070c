package io.odin.persistence.mysql.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.odin.persistence.Persistence;
import io.odin.persistence.mysql.MySqlDialect;
import io.odin.persistence.mysql.MySqlProvider;
import io.odin.persistence.mysql.MySqlTckDatabase;
import io.odin.persistence.mysql.TestMySql;
import io.odin.persistence.sql.statement.Binds;
import io.odin.persistence.sql.statement.Sql;
import io.odin.persistence.sql.statement.Step;
import io.odin.persistence.sql.tests.Plan;
import io.odin.persistence.sql.tests.PlanData;
import io.odin.persistence.sql.tests.PlanValues;
import io.odin.persistence.sql.tests.QueryPlans;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** How a MySQL server runs the statements. */
class QueryPlanTest extends QueryPlans {

  private static final List<Bound> OWN =
      List.of(
          new Bound("taskQueues.claim.lock", Set.of("idx_task_queues_pending"), 10, 30),
          new Bound("taskQueues.claim.lease", Set.of("pk_task_queues"), 1, 30),
          new Bound("taskQueues.claim.showLease", Set.of(), 1, 20),
          new Bound("taskQueues.complete.record", Set.of("pk_task_queues"), 1, 20),
          new Bound("taskQueues.takeIds.block", Set.of(), 0, 10),
          new Bound("taskQueues.takeIds.delete", Set.of("pk_task_id_sequence"), 1, 10),
          // The signal is there: it is found by its key in the run, and nothing is inserted.
          new Bound("signals.findInRun", Set.of("pk_workflow_signals"), 1, 10),
          new Bound("signals.insertOnceInRun", Set.of("pk_workflow_signals"), 1, 10),
          new Bound("signals.insertOnceInWorkflow", Set.of("idx_workflow_signals_id"), 1, 10),
          new Bound("schedules.recordResult", Set.of("uq_schedule_execution_history_due"), 1, 40),
          // The answer is there and has expired: the planner has looked already.
          new Bound("queryResults.find", Set.of(), 1, 10),
          // The planner looks at both ends of each of the 512 shards before it reads the page.
          new Bound("timers.dueNowOfAll.first", Set.of("idx_workflow_timers_due"), 22, 1000),
          new Bound("timers.dueNowOfAll.next", Set.of("idx_workflow_timers_due"), 22, 1000),
          new Bound("timers.dueUntilOfAll.first", Set.of("idx_workflow_timers_due"), 22, 1000),
          new Bound("timers.dueUntilOfAll.next", Set.of("idx_workflow_timers_due"), 22, 1000),
          // The schedules that are claimed precede the due ones; the row of each is read, too.
          new Bound("schedules.due", Set.of("idx_workflow_schedules_due"), 1011, 1011));

  private final MySqlTckDatabase database = TestMySql.database();
  private final PlanRecorder recorder;
  private final Plan claimOnSmall;

  QueryPlanTest() {
    super(new MySqlDialect(), new MySqlProvider().statements(), OWN);
    Persistence.schemaOf(database.config()).migrate();
    recorder = new PlanRecorder(database);
    MySqlPlanData.prepare(database, TASKS);
    MySqlPlanData.run(database, PlanData.runs());
    MySqlPlanData.run(database, PlanData.tasks(1, 1000));
    claimOnSmall = plan("taskQueues.claim.lock");
    MySqlPlanData.run(database, PlanData.tasks(1001, TASKS));
    MySqlPlanData.run(database, PlanData.leases(1, IN_FLIGHT));
    MySqlPlanData.run(database, PlanData.schedules());
    MySqlPlanData.run(database, PlanData.searched(SEARCHED));
    MySqlPlanData.analyze(database);
  }

  @AfterAll
  void removeDatabase() {
    recorder.close();
    database.close();
  }

  @Override
  protected Plan planOf(Sql sql, Binds binds) {
    return recorder.of(sql, binds);
  }

  @Override
  protected Plan planOfSearch(Step search) {
    return recorder.of(search.sql(), search.binds());
  }

  /** Each look for a row is counted, and what is read again from tables made on the way. */
  @Override
  protected int rows(int asPostgresCounts) {
    return 3 * asPostgresCounts + 8;
  }

  /** From an entry of an index to its row it is the way down another tree. */
  @Override
  protected int pages(int asPostgresCounts) {
    return 7 * asPostgresCounts;
  }

  @Test
  void claim_costsNoMoreWithALongBacklogAndManyInFlight() {
    Plan plan = plan("taskQueues.claim.lock");

    assertThat(withoutLookUp(claimOnSmall.indexes())).containsExactly("idx_task_queues_pending");
    assertThat(plan.indexes()).isEqualTo(claimOnSmall.indexes());
    assertThat(plan.rowsRead()).as(plan.text()).isLessThanOrEqualTo(claimOnSmall.rowsRead());
    assertThat(plan.pages())
        .as("with 200,000 tasks in a deeper tree, against 1,000")
        .isLessThanOrEqualTo(claimOnSmall.pages() * 2);
  }

  @Test
  void claim_whereNothingIsReady_readsLittle() {
    Plan plan = plan("taskQueues.claim.lock", PlanValues.all().and("task_queue_type", "activity"));

    // The namespace, once for each priority.
    assertReads(plan, 5, 15);
  }
}
