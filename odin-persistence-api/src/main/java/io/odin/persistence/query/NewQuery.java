package io.odin.persistence.query;

import io.odin.persistence.internal.Require;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.value.Json;
import java.time.Duration;

/**
 * A query to be sent to a run.
 *
 * @param key the key under which the query is stored once, however often it is sent
 * @param name the name of the query
 * @param input the arguments
 * @param timeToLive the query and its answer expire at the database's now + this
 */
public record NewQuery(QueryKey key, String name, Json input, Duration timeToLive) {

  /** Checks every field. */
  public NewQuery {
    Require.nonNull("queryKey", key);
    Require.id("queryName", name);
    Require.nonNull("queryInput", input);
    timeToLive = Require.positive("timeToLive", timeToLive);
  }

  /** A query with a new, time-ordered id. */
  public static NewQuery create(RunKey run, String name, Json input, Duration timeToLive) {
    return new NewQuery(QueryKey.create(run), name, input, timeToLive);
  }
}
