package io.odin.persistence.task;

/** The state of a task after a failure. */
public enum TaskFate {
  /** It will be delivered again after its delay. */
  RETRIED,
  /** It is a dead letter now. */
  DEAD
}
