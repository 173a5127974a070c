package io.odin.persistence.tck;

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
  /** The leased task that the commit completes. */
  TASK_COMPLETION,
  /** The tasks that the commit enqueues. */
  TASKS
}
