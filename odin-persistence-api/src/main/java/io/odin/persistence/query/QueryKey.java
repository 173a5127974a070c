package io.odin.persistence.query;

import io.odin.persistence.TimeOrderedId;
import io.odin.persistence.execution.RunKey;
import io.odin.persistence.internal.Require;
import java.util.UUID;

/**
 * Names a query put to a run.
 *
 * @param run which is asked
 * @param queryId unique within the run
 */
public record QueryKey(RunKey run, UUID queryId) {

  /** Refuses null. */
  public QueryKey {
    Require.nonNull("run", run);
    Require.nonNull("queryId", queryId);
  }

  /** A new query to a run, with a time-ordered id. */
  public static QueryKey create(RunKey run) {
    return new QueryKey(run, TimeOrderedId.next());
  }

  @Override
  public String toString() {
    return "query " + queryId + " of " + run;
  }
}
