package io.odin.persistence.cli.demo.order;

/** The types of the events in an order's history. */
public final class OrderEvent {

  public static final String STARTED = "WorkflowExecutionStarted";
  public static final String WORKFLOW_TASK_SCHEDULED = "WorkflowTaskScheduled";
  public static final String WORKFLOW_TASK_COMPLETED = "WorkflowTaskCompleted";
  public static final String ACTIVITY_SCHEDULED = "ActivityTaskScheduled";
  public static final String ACTIVITY_COMPLETED = "ActivityTaskCompleted";
  public static final String ACTIVITY_FAILED = "ActivityTaskFailed";
  public static final String TIMER_STARTED = "TimerStarted";
  public static final String TIMER_FIRED = "TimerFired";
  public static final String SIGNALED = "WorkflowExecutionSignaled";
  public static final String SIGNAL_REAPPLIED = "WorkflowExecutionSignalReapplied";
  public static final String CHILD_INITIATED = "StartChildWorkflowExecutionInitiated";
  public static final String CHILD_COMPLETED = "ChildWorkflowExecutionCompleted";
  public static final String RESET = "WorkflowExecutionReset";
  public static final String COMPLETED = "WorkflowExecutionCompleted";
  public static final String FAILED = "WorkflowExecutionFailed";
  public static final String TERMINATED = "WorkflowExecutionTerminated";
  public static final String CONTINUED_AS_NEW = "WorkflowExecutionContinuedAsNew";

  private OrderEvent() {}
}
