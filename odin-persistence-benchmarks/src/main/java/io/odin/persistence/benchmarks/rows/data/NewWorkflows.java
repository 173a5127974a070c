package io.odin.persistence.benchmarks.rows.data;

import io.odin.persistence.execution.RunDefinition;
import io.odin.persistence.run.RunKey;
import java.time.Duration;
import java.time.Instant;

/** The workflows that a worker starts, one after the other. Used by one thread. */
public final class NewWorkflows {

  public static final String TYPE = "order";
  public static final Duration RUN_TIMEOUT = Duration.ofHours(1);
  public static final Duration TASK_TIMEOUT = Duration.ofSeconds(10);

  private final int worker;
  private long count;

  public NewWorkflows(int worker) {
    this.worker = worker;
  }

  /** A run of a workflow that has not been started. */
  public RunKey next() {
    return RunKey.create(Sample.NAMESPACE, "order-" + worker + "-" + count++);
  }

  /** What is fixed for a new run. */
  public static RunDefinition.Builder definition(RunKey run, Instant startedAt) {
    return RunDefinition.builder(TYPE, Sample.WORKFLOWS.name(), startedAt)
        .runTimeout(RUN_TIMEOUT)
        .taskTimeout(TASK_TIMEOUT)
        .startRequestId(run.runId().toString());
  }
}
