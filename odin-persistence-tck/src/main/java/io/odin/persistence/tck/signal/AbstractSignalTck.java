package io.odin.persistence.tck.signal;

import io.odin.persistence.execution.RunSnapshot;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.signal.NewSignal;
import io.odin.persistence.signal.SignalStore;
import io.odin.persistence.signal.WorkflowSignal;
import io.odin.persistence.tck.harness.StoreTck;
import io.odin.persistence.value.Json;
import java.util.List;

/** The base class of the kits of signals. */
abstract class AbstractSignalTck extends StoreTck {

  final SignalStore store() {
    return persistence().signals();
  }

  static NewSignal signal(String signalId) {
    return new NewSignal(signalId, "cancel", Json.of("{\"id\":\"" + signalId + "\"}"));
  }

  final List<WorkflowSignal> pending(RunKey run) {
    return allPages(100, page -> store().pending(run, page));
  }

  final RunSnapshot load(RunKey run) {
    return persistence().executions().find(run).orElseThrow();
  }

  /** The key of the next run of a workflow. */
  static RunKey successor(RunKey run) {
    return RunKey.create(run.namespace(), run.workflowId());
  }
}
