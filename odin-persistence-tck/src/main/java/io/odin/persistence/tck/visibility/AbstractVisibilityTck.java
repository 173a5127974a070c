package io.odin.persistence.tck.visibility;

import io.odin.persistence.run.RunKey;
import io.odin.persistence.run.WorkflowState;
import io.odin.persistence.tck.harness.Samples;
import io.odin.persistence.tck.harness.StoreTck;
import io.odin.persistence.visibility.VisibilityRecord;
import io.odin.persistence.visibility.VisibilityStore;

/** The base class of the kits of visibility: records of open and of closed runs. */
abstract class AbstractVisibilityTck extends StoreTck {

  final VisibilityStore store() {
    return persistence().visibility();
  }

  static VisibilityRecord open(RunKey run) {
    return Samples.visibility(run).build();
  }

  static VisibilityRecord closed(RunKey run) {
    return Samples.visibility(run).closed(WorkflowState.COMPLETED, Samples.ENDED).build();
  }

  /** Stores a record as the first of its run. */
  final VisibilityRecord stored(VisibilityRecord.Builder record) {
    VisibilityRecord built = record.build();
    store().upsert(built, 1);
    return built;
  }
}
