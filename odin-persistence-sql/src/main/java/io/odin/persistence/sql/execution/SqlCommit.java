package io.odin.persistence.sql.execution;

import static io.odin.persistence.sql.run.WorkflowCommitsTable.COMMIT_ID;
import static io.odin.persistence.sql.run.WorkflowCommitsTable.CONTENT_HASH;
import static io.odin.persistence.sql.statement.RunColumns.NAMESPACE_ID;

import io.odin.persistence.error.AlreadyExistsException;
import io.odin.persistence.error.BackendFailureException;
import io.odin.persistence.error.CurrentRunConflictException;
import io.odin.persistence.error.InvalidRequestException;
import io.odin.persistence.error.OutcomeUnknownException;
import io.odin.persistence.error.PersistenceClosedException;
import io.odin.persistence.error.PersistenceException;
import io.odin.persistence.error.UnavailableException;
import io.odin.persistence.execution.CommitResult;
import io.odin.persistence.execution.CreateMode;
import io.odin.persistence.execution.CreateMode.ByPolicy;
import io.odin.persistence.execution.CreateRun;
import io.odin.persistence.execution.OpenRunPolicy;
import io.odin.persistence.execution.WorkflowTransaction;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.run.RunSummary;
import io.odin.persistence.run.WorkflowKey;
import io.odin.persistence.sql.database.Database;
import io.odin.persistence.sql.database.ExpectedStep;
import io.odin.persistence.sql.database.ExpectedStep.Conflict;
import io.odin.persistence.sql.database.Session;
import io.odin.persistence.sql.run.LockedRun;
import io.odin.persistence.sql.run.Runs;
import io.odin.persistence.sql.statement.Binds;
import io.odin.persistence.sql.statement.Step;
import io.odin.persistence.sql.task.TaskCommit;
import io.odin.persistence.sql.visibility.VisibilityCommit;
import io.odin.persistence.sql.wakeup.WakeUps;
import io.odin.persistence.task.NewTask;
import io.odin.persistence.value.Bytes;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Applies workflow transactions. Thread-safe. */
final class SqlCommit {

  private static final String OPERATION = "executions.commit";
  private static final int MAXIMUM_STARTS = 5;

  private final Database database;
  private final CommitSql commits;
  private final CommitCheck check;
  private final CommitPlanner planner;
  private final Runs runs;
  private final TaskCommit tasks;
  private final VisibilityCommit visibility;
  private final WakeUps wakeUps;

  SqlCommit(
      Database database,
      CommitSql commits,
      CommitCheck check,
      CommitPlanner planner,
      Runs runs,
      TaskCommit tasks,
      VisibilityCommit visibility,
      WakeUps wakeUps) {
    this.database = database;
    this.commits = commits;
    this.check = check;
    this.planner = planner;
    this.runs = runs;
    this.tasks = tasks;
    this.visibility = visibility;
    this.wakeUps = wakeUps;
  }

  CommitResult commit(WorkflowTransaction transaction) {
    check.check(transaction);
    CommitRequest request =
        new CommitRequest(
            transaction, transaction.contentHash(), tasks.number(transaction.tasks()));
    return wakeUps.after(
        transaction.tasks().stream().map(NewTask::queue).toList(), () -> commit(request));
  }

  private CommitResult commit(CommitRequest request) {
    List<ExpectedStep> plan = planner.plan(request);
    try {
      return apply(request, plan);
    } catch (OutcomeUnknownException e) {
      return settle(request, plan, e);
    }
  }

  /** The reply to the COMMIT was lost: finds out the outcome, or reports that it is unknown. */
  private CommitResult settle(
      CommitRequest request, List<ExpectedStep> plan, OutcomeUnknownException lost) {
    try {
      return sendAgain(request, plan);
    } catch (PersistenceException e) {
      if (isDecided(e)) {
        throw e;
      }
      OutcomeUnknownException unknown =
          new OutcomeUnknownException("commit", request.transaction().commitId(), lost);
      unknown.addSuppressed(e);
      throw unknown;
    }
  }

  /**
   * The commit record decides: if it is there, the transaction was applied and is not applied
   * twice. If the second attempt is refused, the first one may still be on its way to the server:
   * it is refused for good before the caller hears of it.
   */
  private CommitResult sendAgain(CommitRequest request, List<ExpectedStep> plan) {
    CommitResult result;
    try {
      result = apply(request, plan);
    } catch (PersistenceException refusal) {
      if (!isDecided(refusal)) {
        throw refusal;
      }
      return refuse(request).orElseThrow(() -> refusal);
    }
    return result.isApplied() ? result : refuse(request).orElse(result);
  }

  /** Whether the store itself has refused the transaction; else the attempt has decided nothing. */
  private static boolean isDecided(PersistenceException failure) {
    return !(failure instanceof OutcomeUnknownException
        || failure instanceof UnavailableException
        || failure instanceof BackendFailureException
        || failure instanceof PersistenceClosedException);
  }

  /**
   * Takes the commit id, so that no attempt can be applied any more.
   *
   * @return the result of an attempt that was applied before that
   */
  private Optional<CommitResult> refuse(CommitRequest request) {
    return database.transaction(
        OPERATION,
        session ->
            session.run(planner.refusal(request)).count() == 1
                ? Optional.empty()
                : Optional.of(replay(session, request)));
  }

  private CommitResult apply(CommitRequest request, List<ExpectedStep> plan) {
    Optional<CreateRun> start = request.startByPolicy();
    for (int attempt = 1; ; attempt++) {
      try {
        return database.transaction(
            OPERATION,
            session ->
                session.commit(plan)
                    ? CommitResult.applied(request.transaction())
                    : run(session, request, plan));
      } catch (CurrentRunConflictException | AlreadyExistsException e) {
        if (start.isEmpty() || attempt == MAXIMUM_STARTS) {
          throw e;
        }
        // A run conflicts; decide with it locked, unless the conflict no longer exists by then.
        // What is planned then depends on the run that was found.
        Optional<CommitResult> decided =
            database.transaction(
                OPERATION, session -> startByPolicy(session, request, start.get()));
        if (decided.isPresent()) {
          return decided.get();
        }
      }
    }
  }

  private CommitResult run(Session session, CommitRequest request, List<ExpectedStep> steps)
      throws SQLException {
    List<Step.Result> results = session.run(steps.stream().map(ExpectedStep::step).toList());
    List<ExpectedStep> missed = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      ExpectedStep step = steps.get(i);
      if (step.isMissed(results.get(i))) {
        if (step.step().sql() == commits.insert) {
          return replay(session, request);
        }
        missed.add(step);
      }
    }
    throwFirst(session, missed);
    return CommitResult.applied(request.transaction());
  }

  /**
   * The commit id is known: the same transaction was applied before, or another one has used the
   * same id.
   */
  private CommitResult replay(Session session, CommitRequest request) throws SQLException {
    WorkflowTransaction transaction = request.transaction();
    Binds binds =
        Binds.of(NAMESPACE_ID, transaction.namespace().value())
            .and(COMMIT_ID, transaction.commitId());
    Optional<Bytes> hash = session.first(commits.find, binds, row -> row.get(CONTENT_HASH));
    if (hash.equals(Optional.of(CommitPlanner.REFUSED))) {
      throw new InvalidRequestException(
          "commitId",
          transaction.commitId()
              + " was refused after a reply to it was lost: give the transaction a new id");
    }
    if (hash.isPresent() && !hash.get().equals(request.contentHash())) {
      throw new InvalidRequestException(
          "commitId",
          transaction.commitId()
              + " was used for a transaction with other content: give each its own");
    }
    session.confirm();
    return CommitResult.applied(transaction);
  }

  private static void throwFirst(Session session, List<ExpectedStep> missed) throws SQLException {
    if (missed.isEmpty()) {
      return;
    }
    List<Conflict> conflicts = new ArrayList<>();
    for (ExpectedStep step : missed) {
      step.diagnosis().find(session).ifPresent(conflicts::add);
    }
    Optional<PersistenceException> first =
        conflicts.stream().min(Comparator.comparing(Conflict::precedence)).map(Conflict::exception);
    if (first.isPresent()) {
      throw first.get();
    }
  }

  private Optional<CommitResult> startByPolicy(
      Session session, CommitRequest request, CreateRun start) throws SQLException {
    WorkflowKey workflow = start.key().workflow();
    ExpectedStep fence = planner.fence(request);
    List<Step.Result> locked = session.run(List.of(fence.step(), runs.lockCurrent(workflow)));
    if (fence.isMissed(locked.getFirst())) {
      throwFirst(session, List.of(fence));
    }
    Optional<UUID> current = locked.getLast().rows(UUID.class).stream().findFirst();
    if (current.isEmpty()) {
      return Optional.empty();
    }
    RunKey run = new RunKey(workflow.namespace(), workflow.workflowId(), current.get());
    Optional<LockedRun> found =
        session.run(runs.lock(run)).rows(LockedRun.class).stream().findFirst();
    return found.isEmpty()
        ? Optional.empty()
        : Optional.of(decide(session, request, start, found.get()));
  }

  private CommitResult decide(
      Session session, CommitRequest request, CreateRun start, LockedRun locked)
      throws SQLException {
    RunSummary current = locked.run();
    ByPolicy policy = (ByPolicy) start.mode();
    Optional<String> requestId = start.definition().startRequestId();
    if (requestId.isPresent() && requestId.equals(current.startRequestId())) {
      session.confirm();
      return CommitResult.existing(current);
    }
    CreateMode replace = CreateMode.replaceClosed(current.key().runId());
    if (current.state().isClosed()) {
      if (!policy.whenClosed().allows(current.state())) {
        throw new CurrentRunConflictException(
            "the id of " + start.key().workflow() + " may not be used again", current);
      }
      return run(session, request, planner.plan(request, replace, Optional.empty()));
    }
    return switch (policy.whenOpen()) {
      case OpenRunPolicy.Fail fail ->
          throw new CurrentRunConflictException(
              start.key().workflow() + " has an open run", current);
      case OpenRunPolicy.UseExisting use -> existing(session, current);
      case OpenRunPolicy.TerminateExisting terminate ->
          run(
              session,
              request,
              planner.plan(
                  request,
                  replace,
                  Optional.of(
                      new Termination(
                          current,
                          locked.nextEventId(),
                          terminate,
                          visibility.find(session, current.key())))));
    };
  }

  private static CommitResult existing(Session session, RunSummary run) {
    session.rollbackOnly();
    return CommitResult.existing(run);
  }
}
