package io.odin.persistence.query;

import io.odin.persistence.internal.Require;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.value.TimeOrderedId;
import java.util.UUID;

/**
 * The key of a query.
 *
 * @param run the run
 * @param queryId unique within the run
 */
public record QueryKey(RunKey run, UUID queryId) {

  /** Refuses null. */
  public QueryKey {
    Require.nonNull("run", run);
    Require.nonNull("queryId", queryId);
  }

  /** The key of a new query, with a time-ordered id. */
  public static QueryKey create(RunKey run) {
    return new QueryKey(run, TimeOrderedId.next());
  }

  @Override
  public String toString() {
    return "query " + queryId + " of " + run;
  }
}
