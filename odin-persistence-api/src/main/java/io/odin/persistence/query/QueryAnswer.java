package io.odin.persistence.query;

import io.odin.persistence.Json;
import io.odin.persistence.internal.Require;

/** How a query ended. */
public sealed interface QueryAnswer {

  /** The query was answered. */
  static QueryAnswer result(Json value) {
    return new Result(value);
  }

  /** The query could not be answered; the message is for the caller that asked. */
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
   * @param message why, for the caller that asked; at most 4000 characters
   */
  record Failed(String message) implements QueryAnswer {

    /** Checks every field. */
    public Failed {
      Require.text("queryError", message, 4000);
    }
  }
}
