package io.odin.persistence.query;

import io.odin.persistence.internal.Require;
import io.odin.persistence.value.Json;

/** The answer to a query: a result, or an error. */
public sealed interface QueryAnswer {

  /** The query was answered. */
  static QueryAnswer result(Json value) {
    return new Result(value);
  }

  /** The query could not be answered; the message is for the caller that sent it. */
  static QueryAnswer error(String message) {
    return new Failed(message);
  }

  /**
   * The query was answered.
   *
   * @param value the answer
   */
  record Result(Json value) implements QueryAnswer {

    /** Refuses null. */
    public Result {
      Require.nonNull("queryResult", value);
    }
  }

  /**
   * The query could not be answered.
   *
   * @param message the reason, for the caller that sent the query; at most 4000 characters
   */
  record Failed(String message) implements QueryAnswer {

    /** Checks every field. */
    public Failed {
      Require.message("queryError", message);
    }
  }
}
