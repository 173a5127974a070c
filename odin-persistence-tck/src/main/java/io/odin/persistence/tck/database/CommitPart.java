package io.odin.persistence.tck.database;

/** The parts that a commit writes; a fault can make each of them fail. */
public enum CommitPart {
  /** The record by which a repeated commit is recognized. */
  COMMIT_RECORD,
  /** The pointer to the current run of a workflow id. */
  CURRENT_RUN,
  /** The run itself. */
  EXECUTION,
  /** The run's events. */
  HISTORY,
  /** The run's timers. */
  TIMERS,
  /** The signals that the run consumes. */
  SIGNALS,
  /** The queries that the commit answers. */
  QUERY_RESULTS,
  /** The lease of the task that the commit completes, as monitoring queries see it. */
  TASK_LEASE,
  /** The record by which a repeated completion of the task is recognized. */
  TASK_COMPLETION,
  /** The task that the commit completes, and those that it enqueues. */
  TASKS,
  /** The visibility record of the run. */
  VISIBILITY,
  /** The run's tags. */
  TAGS,
  /** The schedule that the commit advances. */
  SCHEDULE,
  /** The record of the due time that the commit starts a run for. */
  SCHEDULE_RUN
}
