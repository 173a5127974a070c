package io.odin.persistence.query;

import java.util.Optional;

/**
 * Queries put to runs, open or closed, and their answers. Nothing here is fenced: the first answer
 * wins, from any caller. Thread-safe.
 *
 * <p>A query expires when its time to live ends by the database's clock. It is deleted with its
 * run: a query that is put at the same time is refused, or deleted with the run.
 *
 * <p>Every method throws {@link io.odin.persistence.error.InvalidRequestException} naming a null
 * argument, and {@link io.odin.persistence.error.UnavailableException} when the database cannot
 * take the request. Where the reply to a write is lost, {@link
 * io.odin.persistence.error.OutcomeUnknownException} is thrown; sending the same again settles it.
 */
public interface QueryResultStore {

  /**
   * Puts a query to a run. One transaction. The same query again, by key, name and input, changes
   * nothing: it keeps its first time to live.
   *
   * @return the key of the query, to find its answer by
   * @throws io.odin.persistence.error.NotFoundException if there is no such run
   * @throws io.odin.persistence.error.AlreadyExistsException with the {@link WorkflowQuery} that
   *     has the key, if it is another one
   * @throws io.odin.persistence.error.LeaseLostException GONE, if the query that has the key has
   *     expired and is not removed yet
   * @throws io.odin.persistence.error.LimitExceededException if the input is too large
   */
  QueryKey request(NewQuery query);

  /**
   * Answers a query. One transaction. The same answer again, computed at the same version, changes
   * nothing. What a step of the engine has computed is better answered with its commit, see {@link
   * io.odin.persistence.execution.WorkflowTransaction.Builder#queryCompletion}.
   *
   * @param executionVersion the version of the run that the answer was computed at
   * @throws io.odin.persistence.error.LeaseLostException GONE, if the query has expired, was
   *     deleted, or was never put
   * @throws io.odin.persistence.error.AlreadyExistsException with the {@link WorkflowQuery}, if it
   *     has another answer
   * @throws io.odin.persistence.error.LimitExceededException if the result is too large
   */
  void complete(QueryCompletion completion, long executionVersion);

  /**
   * The query with its answer, if it has one yet; empty if the query has expired, was deleted, or
   * was never put.
   */
  Optional<WorkflowQuery> find(QueryKey query);

  /**
   * Removes queries that have expired, of all namespaces, the oldest first. No method returns them
   * any more: this reclaims their space.
   *
   * @param limit the maximum number, 1 to 1000
   * @return how many were removed
   */
  int expire(int limit);
}
