package io.odin.persistence.query;

import java.util.Optional;

/**
 * Queries to runs, open or closed, and their answers. No method is fenced: the first answer wins.
 * Thread-safe.
 *
 * <p>A query expires after its time to live, by the database's clock, and is deleted with its run.
 * One that is sent while the run is being deleted is refused, or deleted with the run.
 *
 * <p>Every method throws {@link io.odin.persistence.error.InvalidRequestException} naming a null
 * argument, and {@link io.odin.persistence.error.UnavailableException} when the database cannot
 * process the request. Where the reply to a write is lost, {@link
 * io.odin.persistence.error.OutcomeUnknownException} is thrown; sending the same request again
 * settles it.
 */
public interface QueryResultStore {

  /**
   * Sends a query to a run. One transaction. Idempotent: the same key, name and input have no
   * effect and keep the first time to live.
   *
   * @return the key under which {@link #find} returns the answer
   * @throws io.odin.persistence.error.NotFoundException if the run does not exist
   * @throws io.odin.persistence.error.AlreadyExistsException with the {@link WorkflowQuery} of the
   *     same key, if name or input differ
   * @throws io.odin.persistence.error.LeaseLostException GONE if a query of the same key has
   *     expired and is not removed yet
   * @throws io.odin.persistence.error.LimitExceededException if the input is too large
   */
  QueryKey request(NewQuery query);

  /**
   * Answers a query. One transaction. Idempotent: the same answer at the same version has no
   * effect. A step of the engine should answer with its commit, see {@link
   * io.odin.persistence.execution.WorkflowTransaction.Builder#queryCompletion}.
   *
   * @param executionVersion the version of the run that the answer was computed at
   * @throws io.odin.persistence.error.LeaseLostException GONE if the query has expired, was
   *     deleted, or was never sent
   * @throws io.odin.persistence.error.AlreadyExistsException with the {@link WorkflowQuery}, if it
   *     has another answer
   * @throws io.odin.persistence.error.LimitExceededException if the result is too large
   */
  void complete(QueryCompletion completion, long executionVersion);

  /**
   * The query, with its answer if there is one; empty if the query has expired, was deleted, or was
   * never sent.
   */
  Optional<WorkflowQuery> find(QueryKey query);

  /**
   * Removes expired queries of all namespaces, the oldest first. They are invisible already: this
   * frees their space.
   *
   * @param limit maximum number, 1 to 1000
   * @return the number of removed queries
   */
  int expire(int limit);
}
