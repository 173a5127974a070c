package io.odin.persistence.tck.database;

/** What a commit writes: each part can be made to fail on its own. */
public enum CommitPart {
  /** The record under which a commit is known again. */
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
  /** The lease of the task that the commit completes, as monitoring sees it. */
  TASK_LEASE,
  /** The record by which completing that task again is known. */
  TASK_COMPLETION,
  /** The task that the commit completes, and those that it enqueues. */
  TASKS,
  /** What lists and searches show of the run. */
  VISIBILITY,
  /** The run's tags. */
  TAGS,
  /** The schedule that the commit moves on. */
  SCHEDULE,
  /** The record of the due time that the commit starts a run for. */
  SCHEDULE_RUN
}
