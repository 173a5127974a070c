package io.odin.persistence.error;

/** What a caller may do after a failure. */
public enum Retry {
  /** The same request will fail again: correct the request, or step down. */
  NEVER,
  /** Read the current state, compute the change again, and send a new request. */
  AFTER_RELOAD,
  /**
   * The same request may be sent again, unchanged; it is applied at most once, with the exceptions
   * that {@link OutcomeUnknownException} names.
   */
  SAME_REQUEST
}
