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
   * @throws LimitExceededException if it is larger than the limit
   */
  public void check(String field, Payload payload) {
    Limits.check(field, "blobBytes", payload.size(), limits.blobBytes());
  }

  /** As {@link #check(String, Payload)} for a document that may be absent. */
  public void check(String field, Optional<Json> json) {
    json.ifPresent(present -> check(field, present));
  }

  /**
   * Checks an answer.
   *
   * @throws LimitExceededException if it is larger than the limit
   */
  public void check(QueryCompletion completion) {
    if (completion.answer() instanceof QueryAnswer.Result result) {
      check("queryResult", result.value());
    }
  }

  /**
   * Checks the state of a run.
   *
   * @throws LimitExceededException if it is larger than the limit
   */
  public void checkExecutionState(Bytes state) {
    Limits.check("executionStateBytes", state.size(), limits.executionStateBytes());
  }

  /**
   * Checks all parts of a request together.
   *
   * @param field the request
   * @param bytes its size, see {@link RequestSize}
   * @throws LimitExceededException if they are larger than the limit
   */
  public void checkRequest(String field, long bytes) {
    Limits.check(field, "requestBytes", bytes, limits.requestBytes());
  }
}
