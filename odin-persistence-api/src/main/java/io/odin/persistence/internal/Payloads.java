package io.odin.persistence.internal;

import io.odin.persistence.Bytes;
import io.odin.persistence.Json;
import io.odin.persistence.Limits;
import io.odin.persistence.error.LimitExceededException;
import io.odin.persistence.query.QueryAnswer;
import io.odin.persistence.query.QueryCompletion;
import java.nio.charset.StandardCharsets;

/** Compares payloads with the configured limits, before any write. Immutable and thread-safe. */
public final class Payloads {

  private final Limits limits;

  /** With these limits. */
  public Payloads(Limits limits) {
    this.limits = limits;
  }

  /**
   * Checks a document.
   *
   * @return its size in UTF-8 bytes
   * @throws LimitExceededException if it is larger than the limit
   */
  public long check(Json json) {
    long size = utf8Length(json.text());
    Limits.check("blobBytes", size, limits.blobBytes());
    return size;
  }

  /**
   * Checks an answer.
   *
   * @throws LimitExceededException if it is larger than the limit
   */
  public void check(QueryCompletion completion) {
    if (completion.answer() instanceof QueryAnswer.Result result) {
      check(result.value());
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

  /** The size of a text in UTF-8 bytes. */
  public static long utf8Length(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
