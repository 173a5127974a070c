package io.odin.persistence.sql.execution;

import io.odin.persistence.execution.CreateMode;
import io.odin.persistence.execution.CreateRun;
import io.odin.persistence.execution.WorkflowTransaction;
import io.odin.persistence.sql.task.NumberedTask;
import io.odin.persistence.value.Bytes;
import java.util.List;
import java.util.Optional;

/**
 * A transaction that was checked, with what is computed once however often it is sent.
 *
 * @param transaction what to apply
 * @param contentHash what distinguishes it from another one under the same commit id
 * @param tasks its tasks with their ids
 */
record CommitRequest(WorkflowTransaction transaction, Bytes contentHash, List<NumberedTask> tasks) {

  /** The run whose mode is decided inside the transaction; empty if there is none. */
  Optional<CreateRun> startByPolicy() {
    return transaction.changes().stream()
        .filter(CreateRun.class::isInstance)
        .map(CreateRun.class::cast)
        .filter(create -> create.mode() instanceof CreateMode.ByPolicy)
        .findFirst();
  }
}
