package io.odin.persistence.spi;

import io.odin.persistence.Limits;
import io.odin.persistence.error.LimitExceededException;
import io.odin.persistence.query.QueryAnswer;
import io.odin.persistence.query.QueryCompletion;
import io.odin.persistence.value.Bytes;
import io.odin.persistence.value.Json;
import io.odin.persistence.value.Payload;
import java.util.Optional;

/** Compares payloads with the configured limits, before any write. Immutable and thread-safe. */
public final class Payloads {

  private final Limits limits;

  /** With these limits. */
  public Payloads(Limits limits) {
    this.limits = limits;
  }

  /**
   * Checks a payload.
   *
   * @param field the component that holds it
   * @return its size
   * @throws LimitExceededException if it is larger than the limit
   */
  public long check(String field, Payload payload) {
    Limits.check(field, "blobBytes", payload.size(), limits.blobBytes());
    return payload.size();
  }

  /** As {@link #check(String, Payload)} for a document that may be absent, whose size is 0 then. */
  public long check(String field, Optional<Json> json) {
    return json.isPresent() ? check(field, json.get()) : 0;
  }

  /**
   * Checks an answer.
   *
   * @return its size
   * @throws LimitExceededException if it is larger than the limit
   */
  public long check(QueryCompletion completion) {
    return completion.answer() instanceof QueryAnswer.Result result
        ? check("queryResult", result.value())
        : 0;
  }

  /**
   * Checks the state of a run.
   *
   * @return its size
   * @throws LimitExceededException if it is larger than the limit
   */
  public long checkExecutionState(Bytes state) {
    Limits.check("executionStateBytes", state.size(), limits.executionStateBytes());
    return state.size();
  }

  /**
   * Checks all payloads of a request together.
   *
   * @param field the request
   * @throws LimitExceededException if they are larger than the limit
   */
  public void checkRequest(String field, long bytes) {
    Limits.check(field, "requestBytes", bytes, limits.requestBytes());
  }
}
