package io.odin.persistence.sql.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.odin.persistence.sql.database.Dialect;
import io.odin.persistence.sql.statement.Binds;
import io.odin.persistence.sql.statement.Sql;
import io.odin.persistence.sql.statement.Step;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/**
 * How the server runs the statements of the stores: by index, and with an effort that does not grow
 * with the tables. A database's tests fill them with {@link PlanData}: 210,000 tasks, 10,000 of
 * them in flight and as many delayed ones of the highest priority.
 */
@TestInstance(Lifecycle.PER_CLASS)
public abstract class QueryPlans {

  /** How many tasks there are, but for the delayed ones. */
  protected static final int TASKS = 200_000;

  /** How many of them are in flight. */
  protected static final int IN_FLIGHT = 10_000;

  /** How many runs the standard queries find theirs among. */
  protected static final int SEARCHED = 50_000;

  /** Small tables, and what counts or lists a whole queue, or deletes a whole history. */
  private static final Set<String> READ_MUCH =
      Set.of(
          "deadLetters.count",
          "health.backlog",
          "health.expiredLeases",
          "health.openRecordsOfClosedRuns",
          "health.overdueRuns",
          "health.shards",
          "health.timersOfClosedRuns",
          "retention.remains",
          "taskQueues.depth",
          "taskQueues.expiredLeases",
          "taskQueues.list.first",
          "taskQueues.list.next",
          "taskQueues.oldCompletions",
          "taskQueues.oldEndings",
          "writes.old",
          "taskQueues.takeIds",
          "commits.old");

  /**
   * What a statement may do.
   *
   * @param name of the statement
   * @param indexes that it walks, and no others
   * @param rows the maximum number of rows that it reads, as PostgreSQL counts them
   * @param pages the maximum number of pages that it looks at, as PostgreSQL counts them
   */
  public record Bound(String name, Set<String> indexes, int rows, int pages) {}

  private static final List<Bound> COMMON =
      List.of(
          new Bound("taskQueues.insert", Set.of(), 1, 20),
          new Bound("taskQueues.insertNamed", Set.of(), 1, 20),
          new Bound("taskQueues.ended", Set.of("pk_task_endings"), 2, 10),
          new Bound("taskQueues.heartbeat", Set.of("pk_task_queues"), 1, 40),
          new Bound("taskQueues.lockHeld", Set.of("pk_task_queues"), 1, 20),
          new Bound("taskQueues.retry", Set.of("pk_task_queues"), 1, 40),
          // One task of each priority; PostgreSQL 14 counts the namespace, too.
          new Bound("taskQueues.firstReady", Set.of("idx_task_queues_pending"), 6, 60),
          new Bound("taskQueues.expiredTasks", Set.of("idx_task_queues_expiry"), 11, 20),
          new Bound("shards.fence", Set.of("pk_shard_fences", "pk_history_shards"), 2, 20),
          new Bound("shards.renew", Set.of("pk_history_shards"), 1, 20),
          new Bound("shards.renewEach", Set.of("pk_history_shards"), 1, 20),
          new Bound("shards.findEach", Set.of("pk_history_shards"), 1, 10),
          new Bound("commits.insert", Set.of(), 0, 20),
          new Bound("commits.find", Set.of("pk_workflow_commits"), 1, 10),
          new Bound("writes.find", Set.of("pk_applied_writes"), 1, 10),
          new Bound("currentRuns.insert", Set.of(), 0, 20),
          new Bound("currentRuns.isCurrent", Set.of("pk_workflow_current_runs"), 1, 10),
          new Bound("currentRuns.replace", Set.of("pk_workflow_current_runs"), 1, 20),
          new Bound("currentRuns.close", Set.of("pk_workflow_current_runs"), 1, 20),
          new Bound(
              "currentRuns.find",
              Set.of("pk_workflow_current_runs", "pk_workflow_executions"),
              2,
              20),
          new Bound(
              "currentRuns.describe",
              Set.of("pk_workflow_current_runs", "pk_workflow_executions"),
              3,
              40),
          new Bound("executions.insert", Set.of(), 0, 40),
          new Bound("executions.find", Set.of("pk_workflow_executions"), 1, 10),
          new Bound("executions.update", Set.of("pk_workflow_executions"), 1, 40),
          new Bound("executions.updateWithHistory", Set.of("pk_workflow_executions"), 1, 40),
          new Bound("executions.updateWithRecord", Set.of("pk_workflow_executions"), 1, 40),
          new Bound("executions.updateWithBoth", Set.of("pk_workflow_executions"), 1, 40),
          new Bound(
              "executions.listOpenByShard.first", Set.of("idx_workflow_executions_active"), 11, 30),
          new Bound(
              "executions.listOpenByShard.next", Set.of("idx_workflow_executions_active"), 11, 30),
          new Bound(
              "executions.listByShard.first", Set.of("idx_workflow_executions_shard"), 11, 30),
          new Bound("executions.listByShard.next", Set.of("idx_workflow_executions_shard"), 11, 30),
          new Bound("executions.listRuns.first", Set.of("idx_workflow_executions_runs"), 11, 30),
          new Bound("executions.listRuns.next", Set.of("idx_workflow_executions_runs"), 11, 30),
          new Bound(
              "executions.listChildren.first", Set.of("idx_workflow_executions_parent"), 40, 60),
          new Bound(
              "executions.listChildren.next", Set.of("idx_workflow_executions_parent"), 40, 60),
          new Bound("history.insert", Set.of(), 0, 40),
          // The five events of the base run, and whether the new one has the first.
          new Bound("history.copy", Set.of("pk_history_events"), 6, 100),
          new Bound(
              "history.addCopiedSize",
              Set.of("pk_workflow_executions", "pk_history_events"),
              6,
              60),
          new Bound("history.find", Set.of("pk_history_events"), 1, 10),
          new Bound("history.read.first", Set.of("pk_history_events"), 11, 30),
          new Bound("history.read.next", Set.of("pk_history_events"), 11, 30),
          new Bound("history.readReverse.first", Set.of("pk_history_events"), 11, 30),
          new Bound("history.readReverse.next", Set.of("pk_history_events"), 11, 30),
          new Bound("history.size", Set.of("pk_workflow_executions"), 1, 10),
          new Bound("visibility.upsert", Set.of(), 0, 100),
          new Bound("visibility.find", Set.of("pk_visibility_records"), 1, 10),
          new Bound("visibility.lock", Set.of("pk_visibility_records"), 1, 20),
          new Bound("visibility.delete", Set.of("pk_visibility_records"), 1, 100),
          new Bound("visibility.tags", Set.of("pk_workflow_tags"), 2, 10),
          new Bound("visibility.insertTags", Set.of(), 0, 40),
          new Bound("visibility.deleteTags", Set.of("pk_workflow_tags"), 2, 30),
          new Bound("visibility.oldTombstones", Set.of("idx_visibility_records_deleted"), 11, 30),
          new Bound("timers.set", Set.of(), 0, 40),
          // PostgreSQL 14 reads the timers of the run, which are two, and drops one.
          new Bound("timers.delete", Set.of("pk_workflow_timers"), 2, 20),
          new Bound("timers.dueNow.first", Set.of("idx_workflow_timers_due"), 22, 60),
          new Bound("timers.dueNow.next", Set.of("idx_workflow_timers_due"), 22, 60),
          new Bound("timers.dueUntil.first", Set.of("idx_workflow_timers_due"), 22, 60),
          new Bound("timers.dueUntil.next", Set.of("idx_workflow_timers_due"), 22, 60),
          new Bound("timers.dueNowOfAll.first", Set.of("idx_workflow_timers_due"), 22, 60),
          new Bound("timers.dueNowOfAll.next", Set.of("idx_workflow_timers_due"), 44, 90),
          new Bound("timers.dueUntilOfAll.first", Set.of("idx_workflow_timers_due"), 22, 60),
          new Bound("timers.dueUntilOfAll.next", Set.of("idx_workflow_timers_due"), 44, 90),
          new Bound("signals.number", Set.of("pk_workflow_executions"), 2, 40),
          new Bound(
              "signals.insertOnceInRun",
              Set.of("pk_workflow_executions", "idx_workflow_signals_id"),
              3,
              60),
          new Bound(
              "signals.insertOnceInWorkflow",
              Set.of("pk_workflow_executions", "idx_workflow_signals_id"),
              3,
              60),
          new Bound("signals.findInRun", Set.of("idx_workflow_signals_id"), 1, 10),
          new Bound("signals.findInWorkflow", Set.of("idx_workflow_signals_id"), 1, 10),
          new Bound("signals.pending.first", Set.of("idx_workflow_signals_pending"), 1, 10),
          new Bound("signals.pending.next", Set.of("idx_workflow_signals_pending"), 1, 10),
          new Bound("queryResults.insert", Set.of(), 0, 40),
          new Bound("queryResults.find", Set.of("pk_workflow_query_results"), 1, 10),
          // As timers.delete: PostgreSQL 14 reads the queries of the run.
          new Bound("queryResults.complete", Set.of("pk_workflow_query_results"), 2, 40),
          new Bound("queryResults.expired", Set.of("idx_workflow_query_results_expiry"), 11, 30),
          // The schedules that are claimed precede the due ones.
          new Bound("schedules.due", Set.of("idx_workflow_schedules_due"), 1022, 250),
          new Bound("schedules.claim", Set.of("pk_workflow_schedules"), 1, 40),
          new Bound("schedules.moveOn", Set.of("pk_workflow_schedules"), 1, 40),
          new Bound("schedules.advance", Set.of("pk_workflow_schedules"), 1, 40),
          new Bound("schedules.request", Set.of("pk_workflow_schedules"), 1, 40),
          new Bound("schedules.recorded", Set.of("uq_schedule_execution_history_due"), 1, 10),
          new Bound("schedules.insertRun", Set.of(), 0, 40),
          new Bound("schedules.findRun", Set.of("uq_schedule_execution_history_due"), 1, 10),
          new Bound("schedules.findPending", Set.of("idx_schedule_execution_history_run"), 1, 10),
          new Bound(
              "schedules.recordResult", Set.of("idx_schedule_execution_history_pending"), 1, 40),
          new Bound("schedules.history.first", Set.of("uq_schedule_execution_history_due"), 11, 30),
          new Bound("schedules.history.next", Set.of("uq_schedule_execution_history_due"), 11, 30),
          new Bound(
              "schedules.pending.first", Set.of("idx_schedule_execution_history_pending"), 11, 30),
          new Bound(
              "schedules.pending.next", Set.of("idx_schedule_execution_history_pending"), 11, 30),
          new Bound("schedules.oldRuns", Set.of("uq_schedule_execution_history_due"), 22, 40),
          new Bound("schedules.deleteOldest", Set.of("uq_schedule_execution_history_due"), 22, 60),
          new Bound("schedules.find", Set.of("pk_workflow_schedules"), 1, 10),
          new Bound("schedules.findAll", Set.of("uq_workflow_schedules_name"), 1, 10),
          new Bound("schedules.list.first", Set.of("uq_workflow_schedules_name"), 11, 30),
          new Bound("schedules.list.next", Set.of("uq_workflow_schedules_name"), 11, 30),
          new Bound("retention.deleteEvents", Set.of("pk_history_events"), 3, 30),
          new Bound("retention.deleteSome.workflow_timers", Set.of("pk_workflow_timers"), 4, 30),
          new Bound("retention.deleteSome.workflow_signals", Set.of("pk_workflow_signals"), 4, 30),
          new Bound(
              "retention.deleteSome.workflow_query_results",
              Set.of("pk_workflow_query_results"),
              4,
              30),
          new Bound("retention.deleteSome.workflow_tags", Set.of("pk_workflow_tags"), 4, 30),
          new Bound(
              "retention.scan.history_events.next",
              Set.of("pk_history_events", "pk_workflow_executions"),
              22,
              100));

  private final Dialect dialect;
  private final Map<String, Sql> statements;
  private final Map<String, Bound> bounds;

  /**
   * For the tests of a dialect.
   *
   * @param all every statement of the stores
   * @param own what is bound to something else there, and its own statements
   */
  protected QueryPlans(Dialect dialect, List<Sql> all, List<Bound> own) {
    this.dialect = dialect;
    statements = all.stream().collect(Collectors.toMap(Sql::name, Function.identity()));
    bounds = new TreeMap<>();
    COMMON.forEach(bound -> bounds.put(bound.name(), bound));
    own.forEach(bound -> bounds.put(bound.name(), bound));
  }

  /** How the server runs a statement of the stores. */
  protected abstract Plan planOf(Sql sql, Binds binds);

  /** How the server runs a query that a user has composed. */
  protected abstract Plan planOfSearch(Step search);

  /** Converts a maximum number of rows to what this server counts. */
  protected int rows(int asPostgresCounts) {
    return asPostgresCounts;
  }

  /** Converts a maximum number of pages to what this server counts. */
  protected int pages(int asPostgresCounts) {
    return asPostgresCounts;
  }

  /** That a plan reads no more than that. */
  protected final void assertReads(Plan plan, int rows, int pages) {
    assertThat(plan.rowsRead()).as("rows read by " + plan.text()).isLessThanOrEqualTo(rows(rows));
    assertThat(plan.pages())
        .as("pages looked at by " + plan.text())
        .isLessThanOrEqualTo(pages(pages));
  }

  /** The plan of a statement about something usual. */
  protected final Plan plan(String statement) {
    return plan(statement, PlanValues.of(statement));
  }

  /** The plan of a statement with these values. */
  protected final Plan plan(String statement, Binds binds) {
    return planOf(statement(statement), binds);
  }

  /** The statement of that name. */
  protected final Sql statement(String name) {
    Sql sql = statements.get(name);
    if (sql == null) {
      throw new AssertionError("there is no statement " + name);
    }
    return sql;
  }

  @TestFactory
  Stream<DynamicTest> hotStatement_usesItsIndexAndReadsLittle() {
    return bounds.values().stream()
        .map(bound -> dynamicTest(bound.name(), () -> assertWithin(bound)));
  }

  private void assertWithin(Bound bound) {
    Plan plan = plan(bound.name());

    assertThat(plan.tablesReadWhole()).as(plan.text()).isEmpty();
    assertThat(withoutLookUp(plan.indexes())).as(plan.text()).isEqualTo(bound.indexes());
    assertThat(plan.sorts()).as(plan.text()).isFalse();
    assertThat(plan.pages()).as(plan.text()).isPositive();
    assertReads(plan, bound.rows(), bound.pages());
  }

  /** Whether a namespace is live is looked up by its key, or optimized away. */
  protected static Set<String> withoutLookUp(Set<String> indexes) {
    return indexes.stream()
        .filter(index -> !index.equals("pk_namespaces"))
        .collect(Collectors.toUnmodifiableSet());
  }

  @TestFactory
  Stream<DynamicTest> anyOtherStatement_readsNoLargeTableWhole() {
    return statements.keySet().stream()
        .sorted()
        .filter(name -> !bounds.containsKey(name) && !READ_MUCH.contains(name))
        .map(name -> dynamicTest(name, () -> assertModest(name)));
  }

  private void assertModest(String name) {
    Plan plan = plan(name);

    assertThat(plan.tablesReadWhole())
        .as(plan.text())
        .isSubsetOf("namespaces", "namespace_change_counter", "history_shards", "shard_fences");
    if (!name.startsWith("shards.") && !name.startsWith("namespaces.")) {
      assertReads(plan, 100, 100);
    }
  }

  @TestFactory
  Stream<DynamicTest> statementOnARun_doesNotMindFiveThousandOlderRuns() {
    return Stream.of(
            "currentRuns.find",
            "executions.find",
            "executions.update",
            "executions.lock",
            "executions.listRuns.first",
            "executions.listRuns.next",
            "history.size")
        .map(
            name ->
                dynamicTest(
                    name,
                    () -> {
                      Plan plan =
                          plan(
                              name,
                              PlanValues.all()
                                  .and("workflow_id", "often")
                                  .and("run_id", PlanValues.run(30_000)));
                      assertThat(plan.rowsRead()).as(plan.text()).isPositive();
                      assertReads(plan, 11, 40);
                    }));
  }

  /** There is a look at each of the 512 shards, of which none has anything due. */
  @Test
  void timersOfAllShards_whenNoneIsDue_areNotRead() {
    Binds binds = PlanValues.all().and("until", Instant.EPOCH);

    Plan plan = plan("timers.dueUntilOfAll.first", binds);

    assertThat(withoutLookUp(plan.indexes())).containsExactly("idx_workflow_timers_due");
    assertThat(plan.sorts()).as(plan.text()).isFalse();
    assertReads(plan, 512, 512 * 4);
  }

  @Test
  void historyPage_inTheMidstOfALongHistory_readsThatPage() {
    Binds binds =
        PlanValues.all()
            .and("workflow_id", "long")
            .and("run_id", PlanValues.run(30_002))
            .and("from", 1L)
            .and("to", 20_001L)
            .and("after_event_id", 10_000L);

    for (String name : List.of("history.read.next", "history.readReverse.next")) {
      Plan plan = plan(name, binds);
      assertThat(plan.rowsRead()).as(plan.text()).isGreaterThanOrEqualTo(11);
      assertReads(plan, 11, 20);
    }
  }

  @Test
  void someSignals_ofARunWithMany_areDeletedWithoutReadingTheOthers() {
    Plan plan =
        plan(
            "retention.deleteSome.workflow_signals",
            PlanValues.all()
                .and("workflow_id", "long")
                .and("run_id", PlanValues.run(30_002))
                .and("limit", 1000));

    assertThat(plan.indexes()).as(plan.text()).containsExactly("pk_workflow_signals");
    assertThat(plan.sorts()).as(plan.text()).isFalse();
    assertThat(plan.rowsRead()).as(plan.text()).isGreaterThanOrEqualTo(1000);
    assertReads(plan, 2001, 4000);
  }

  /** Sorted is no more than the page: the namespaces come in order, and the runs of each. */
  @TestFactory
  Stream<DynamicTest> expiredRuns_areReadFromWhereThePageBegins() {
    Binds inTheMidst =
        PlanValues.all()
            .and("after_namespace_id", PlanData.SEARCHED)
            .and("after_completed_at", Instant.parse("2020-01-01T00:16:40Z"));
    return Stream.of(
            Map.entry("retention.findExpired.first", PlanValues.all()),
            Map.entry("retention.findExpired.next", inTheMidst))
        .map(
            each ->
                dynamicTest(
                    each.getKey(),
                    () -> {
                      Plan plan = plan(each.getKey(), each.getValue());
                      assertThat(plan.indexes())
                          .as(plan.text())
                          .contains("idx_workflow_executions_closed")
                          .isSubsetOf("pk_namespaces", "idx_workflow_executions_closed");
                      assertThat(plan.rowsRead()).as(plan.text()).isGreaterThanOrEqualTo(11);
                      assertReads(plan, 14, 40);
                    }));
  }

  @TestFactory
  Stream<DynamicTest> standardQuery_usesItsIndexAndReadsLittle() {
    return Arrays.stream(StandardQuery.values())
        .map(
            query ->
                dynamicTest(
                    query.name(),
                    () -> {
                      for (Step page : query.pages(dialect, 25)) {
                        Plan plan = planOfSearch(page);
                        assertThat(plan.indexes()).as(plan.text()).contains(query.index());
                        assertThat(plan.tablesReadWhole()).as(plan.text()).isEmpty();
                        assertThat(plan.rowsRead()).as(plan.text()).isLessThanOrEqualTo(500);
                      }
                    }));
  }

  @Test
  void pendingSignals_ofARunWithManyConsumedOnes_readThatPage() {
    Binds binds =
        PlanValues.all()
            .and("workflow_id", "long")
            .and("run_id", PlanValues.run(30_002))
            .and("after_signal_sequence", 15_000L);

    for (String name : List.of("signals.pending.first", "signals.pending.next")) {
      Plan plan = plan(name, binds);
      assertThat(plan.rowsRead()).as(plan.text()).isGreaterThanOrEqualTo(11);
      assertReads(plan, 11, 20);
    }
  }
}
