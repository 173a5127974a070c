package io.odin.persistence.error;

/**
 * What an operation that failed has changed in the database. Where the same request was sent
 * before, and answered {@link #UNKNOWN}, it describes both together.
 */
public enum Outcome {
  /** Nothing was written, in any table. */
  NOT_APPLIED,
  /**
   * The reply to a write was lost: all of it was written, or none of it. Of an operation of several
   * transactions, the first one was written, or nothing.
   */
  UNKNOWN,
  /**
   * The operation has several transactions. At least one was committed, and is not taken back; the
   * rest was not. Sending the same request again continues where this one ended.
   */
  PARTLY_APPLIED,
  /**
   * The same request was applied when it was sent before. Others have deleted since what it wrote,
   * so that there is nothing to return.
   */
  APPLIED
}
