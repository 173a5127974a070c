package io.odin.persistence.postgres.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.odin.persistence.postgres.PostgresDialect;
import io.odin.persistence.postgres.PostgresProvider;
import io.odin.persistence.postgres.PostgresTckDatabase;
import io.odin.persistence.postgres.TestPostgres;
import io.odin.persistence.postgres.schema.SchemaScript;
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

/** How a PostgreSQL server runs the statements, and the functions for those who speak SQL. */
abstract class PostgresQueryPlans extends QueryPlans {

  private static final Sql GET_NEXT_TASK =
      Sql.of(
          "get_next_task",
          """
          SELECT * FROM get_next_task(:namespace_id, :task_queue_name, :task_queue_type, :worker_identity, 60)\
          """);

  private static final List<Bound> OWN =
      List.of(
          new Bound("taskQueues.claim", Set.of("idx_task_queues_pending"), 31, 250),
          new Bound(
              "taskQueues.complete", Set.of("pk_task_queues", "pk_task_queue_leases"), 2, 30));

  private final PostgresTckDatabase database;
  private final PlanRecorder recorder;
  private final Plan claimOnEmpty;
  private final Plan claimOnSmall;
  private final Plan functionOnSmall;

  PostgresQueryPlans(TestPostgres version) {
    super(new PostgresDialect(), new PostgresProvider().statements(), OWN);
    database = version.database();
    SchemaScript.INIT.run(database);
    // One session from the beginning to the end: its plans for empty tables must also be good
    // enough when the tables are large.
    recorder = new PlanRecorder(database);
    claimOnEmpty = plan("taskQueues.claim");
    PostgresPlanData.prepare(database, TASKS);
    PostgresPlanData.run(database, PlanData.runs());
    PostgresPlanData.run(database, PlanData.tasks(1, 1000));
    claimOnSmall = plan("taskQueues.claim");
    functionOnSmall = recorder.of(GET_NEXT_TASK, PlanValues.all());
    PostgresPlanData.run(database, PlanData.tasks(1001, TASKS));
    PostgresPlanData.run(database, PlanData.leases(1, IN_FLIGHT));
    PostgresPlanData.run(database, PlanData.schedules());
    PostgresPlanData.run(database, PlanData.searched(SEARCHED));
    database.execute("VACUUM ANALYZE");
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
    return recorder.ofSearch(search);
  }

  @Test
  void claim_hasOnePlanForEverySize() {
    for (Plan plan : List.of(claimOnEmpty, claimOnSmall, plan("taskQueues.claim"))) {
      assertThat(withoutLookUp(plan.indexes()))
          .as(plan.text())
          .containsExactly("idx_task_queues_pending");
      assertThat(plan.tablesReadWhole()).as(plan.text()).isEmpty();
      assertThat(plan.sorts()).as(plan.text()).isFalse();
    }
  }

  @Test
  void claim_inANewSession_hasThatPlan() {
    try (PlanRecorder another = new PlanRecorder(database)) {
      Plan plan = another.of(GET_NEXT_TASK, PlanValues.all());
      assertThat(plan.pages()).as(plan.text()).isLessThanOrEqualTo(60);
      plan = another.of(statement("taskQueues.claim"), PlanValues.all());
      assertThat(withoutLookUp(plan.indexes()))
          .as(plan.text())
          .containsExactly("idx_task_queues_pending");
    }
  }

  @Test
  void claim_costsNoMoreWithALongBacklogAndManyInFlight() {
    assertThat(plan("taskQueues.claim").pages())
        .as("with 200,000 tasks, against 1,000")
        .isLessThanOrEqualTo(claimOnSmall.pages() * 3 / 2);
    assertThat(recorder.of(GET_NEXT_TASK, PlanValues.all()).pages())
        .as("get_next_task with 200,000 tasks, against 1,000")
        .isLessThanOrEqualTo(functionOnSmall.pages() * 3 / 2 + 10);
  }

  @Test
  void claim_whereNothingIsReady_readsLittle() {
    Plan plan = plan("taskQueues.claim", PlanValues.all().and("task_queue_type", "activity"));

    // The namespace.
    assertThat(plan.rowsRead()).as(plan.text()).isLessThanOrEqualTo(1);
    assertThat(plan.pages()).as(plan.text()).isLessThanOrEqualTo(30);
  }
}
