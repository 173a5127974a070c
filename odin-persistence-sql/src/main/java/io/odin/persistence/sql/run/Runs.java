package io.odin.persistence.sql.run;

import static io.odin.persistence.sql.run.WorkflowExecutionsTable.PARENT_RUN_ID;
import static io.odin.persistence.sql.run.WorkflowExecutionsTable.PARENT_WORKFLOW_ID;
import static io.odin.persistence.sql.run.WorkflowExecutionsTable.SHARD_ID;
import static io.odin.persistence.sql.run.WorkflowExecutionsTable.WORKFLOW_STATE;
import static io.odin.persistence.sql.statement.RunColumns.NAMESPACE_ID;
import static io.odin.persistence.sql.statement.RunColumns.RUN_ID;

import io.odin.persistence.execution.RunFilter;
import io.odin.persistence.execution.WorkflowExecution;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.run.RunSummary;
import io.odin.persistence.run.WorkflowKey;
import io.odin.persistence.sql.database.PageReading;
import io.odin.persistence.sql.database.PagedQuery;
import io.odin.persistence.sql.database.Session;
import io.odin.persistence.sql.database.Statements;
import io.odin.persistence.sql.statement.Binds;
import io.odin.persistence.sql.statement.Step;
import io.odin.persistence.value.Page;
import io.odin.persistence.value.PageRequest;
import java.sql.SQLException;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.impl.DSL;

/** The area of runs: their rows, and the current run of each workflow. Thread-safe. */
public final class Runs {

  /** True of the rows of open runs. */
  public static final Condition RUNNING = WORKFLOW_STATE.eq(DSL.inline("running"));

  private final ExecutionSql sql;
  private final CurrentRunSql currentRuns;
  private final RunCommit commit;

  /** Makes the statements. */
  public Runs(Statements statements) {
    sql = new ExecutionSql(statements);
    currentRuns = new CurrentRunSql(statements);
    commit = new RunCommit(sql, currentRuns);
  }

  /** What a commit does to runs. */
  public RunCommit commit() {
    return commit;
  }

  /** Reads a run as a {@link WorkflowExecution}. */
  public Step find(RunKey run) {
    return Step.query(sql.find, RunMapper.run(run), ExecutionMapper::execution);
  }

  /** Reads what a record of the run must agree with, as a {@link Position}. */
  public Step position(RunKey run) {
    return Step.query(sql.position, RunMapper.run(run), Position::of);
  }

  /** The summary of a run; empty if it does not exist. */
  public Optional<RunSummary> findSummary(Session session, RunKey run) throws SQLException {
    return session.first(sql.findSummary, RunMapper.run(run), ExecutionMapper::summary);
  }

  /** The current run of a workflow, open or closed; empty if it has none. */
  public Optional<RunSummary> findCurrent(Session session, WorkflowKey workflow)
      throws SQLException {
    return session.first(currentRuns.find, RunMapper.workflow(workflow), ExecutionMapper::summary);
  }

  /** Locks the pointer to the current run and reads its run id. */
  public Step lockCurrent(WorkflowKey workflow) {
    return Step.query(currentRuns.lock, RunMapper.workflow(workflow), row -> row.get(RUN_ID));
  }

  /** Reads the run id of the current run if it is this one. */
  public Step isCurrent(RunKey run) {
    return currentRuns.isCurrent(run);
  }

  /** Locks the row of a run and reads it as a {@link LockedRun}. */
  public Step lock(RunKey run) {
    return Step.query(sql.lock, RunMapper.run(run), LockedRun::of);
  }

  /**
   * Keeps a run of a live namespace from being changed or deleted until the transaction ends; reads
   * its run id.
   */
  public Step lockShared(RunKey run) {
    return Step.query(sql.lockShared, RunMapper.run(run), row -> row.get(RUN_ID));
  }

  /** Deletes the row of a run. */
  public Step delete(RunKey run) {
    return Step.change(sql.delete, RunMapper.run(run));
  }

  /** A page of the runs of a shard, by namespace, workflow id and run id. */
  public Page<RunSummary> listByShard(
      Session session, int shardId, RunFilter filter, PageRequest page) throws SQLException {
    PagedQuery listing =
        switch (filter) {
          case OPEN -> sql.listOpenByShard;
          case ALL -> sql.listByShard;
        };
    return listing.page(
        session,
        Binds.of(SHARD_ID, shardId),
        page,
        Integer.toString(shardId),
        ExecutionMapper::summary);
  }

  /** A page of the runs of a workflow, the latest start first. */
  public Page<RunSummary> listOfWorkflow(Session session, WorkflowKey workflow, PageRequest page)
      throws SQLException {
    return sql.listRuns.page(
        session, RunMapper.workflow(workflow), page, workflow.toString(), ExecutionMapper::summary);
  }

  /** A page of the children of a run, in the order in which it started them. */
  public Page<RunSummary> listChildren(Session session, RunKey parent, PageRequest page)
      throws SQLException {
    return children(session, parent, page).page(session::run);
  }

  /** A page of the children of a run, which is not read yet. */
  public PageReading<RunSummary> children(Session session, RunKey parent, PageRequest page) {
    return sql.listChildren.begin(
        session, children(parent), page, parent.toString(), ExecutionMapper::summary);
  }

  private static Binds children(RunKey parent) {
    return Binds.of(NAMESPACE_ID, parent.namespace().value())
        .and(PARENT_WORKFLOW_ID, parent.workflowId())
        .and(PARENT_RUN_ID, parent.runId());
  }
}
