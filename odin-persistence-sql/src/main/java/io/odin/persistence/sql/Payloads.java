package io.odin.persistence.sql;

import io.odin.persistence.Bytes;
import io.odin.persistence.Json;
import io.odin.persistence.Limits;
import io.odin.persistence.query.QueryAnswer;
import io.odin.persistence.query.QueryCompletion;
import java.nio.charset.StandardCharsets;

/** Compares payloads with the configured limits, before any SQL. Immutable and thread-safe. */
final class Payloads {

  private final Limits limits;

  Payloads(Limits limits) {
    this.limits = limits;
  }

  /**
   * Checks a document.
   *
   * @return its size in UTF-8 bytes
   */
  long check(Json json) {
    long size = utf8Length(json.text());
    Limits.check("blobBytes", size, limits.blobBytes());
    return size;
  }

  /** Checks an answer. */
  void check(QueryCompletion completion) {
    if (completion.answer() instanceof QueryAnswer.Result result) {
      check(result.value());
    }
  }

  /** Checks the state of a run. */
  void checkExecutionState(Bytes state) {
    Limits.check("executionStateBytes", state.size(), limits.executionStateBytes());
  }

  static long utf8Length(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
