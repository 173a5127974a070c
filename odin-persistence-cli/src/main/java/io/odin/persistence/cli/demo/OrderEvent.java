package io.odin.persistence.cli.demo;

/** The types of the events in an order's history. */
final class OrderEvent {

  static final String STARTED = "WorkflowExecutionStarted";
  static final String WORKFLOW_TASK_SCHEDULED = "WorkflowTaskScheduled";
  static final String WORKFLOW_TASK_COMPLETED = "WorkflowTaskCompleted";
  static final String ACTIVITY_SCHEDULED = "ActivityTaskScheduled";
  static final String ACTIVITY_COMPLETED = "ActivityTaskCompleted";
  static final String ACTIVITY_FAILED = "ActivityTaskFailed";
  static final String TIMER_STARTED = "TimerStarted";
  static final String TIMER_FIRED = "TimerFired";
  static final String SIGNALED = "WorkflowExecutionSignaled";
  static final String COMPLETED = "WorkflowExecutionCompleted";
  static final String FAILED = "WorkflowExecutionFailed";
  static final String TERMINATED = "WorkflowExecutionTerminated";
  static final String CONTINUED_AS_NEW = "WorkflowExecutionContinuedAsNew";

  private OrderEvent() {}
}
