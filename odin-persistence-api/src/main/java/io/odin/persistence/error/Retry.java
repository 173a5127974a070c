package io.odin.persistence.error;

/** What a caller may do after a failure. */
public enum Retry {
  /** The same request will fail again: mend the request, or step down. */
  NEVER,
  /** Read the current state, decide again, and send a new request. */
  AFTER_RELOAD,
  /**
   * The very same request may be sent again, unchanged; it lands at most once, but for what {@link
   * OutcomeUnknownException} names.
   */
  SAME_REQUEST
}
