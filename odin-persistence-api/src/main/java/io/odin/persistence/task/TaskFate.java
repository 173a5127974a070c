package io.odin.persistence.task;

/** What became of a task that failed. */
public enum TaskFate {
  /** It will be delivered again after its delay. */
  RETRIED,
  /** It is a dead letter now. */
  DEAD
}
