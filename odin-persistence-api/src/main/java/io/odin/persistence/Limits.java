package io.odin.persistence;

import io.odin.persistence.error.LimitExceededException;
import io.odin.persistence.internal.Require;

/**
 * The maximum sizes of a request, checked before any SQL and the same on every backend. {@link
 * #DEFAULTS} are the upper bounds; a deployment may configure smaller ones.
 *
 * @param blobBytes one JSON document, in UTF-8 bytes
 * @param historyBatchBytes the events of one run in one commit, in UTF-8 bytes
 * @param executionStateBytes the opaque state of a run
 * @param historyEvents the number of events of one run; the commit that closes the run may exceed
 *     it
 * @param tags the number of tags of a run
 * @param tagKeyLength the key of a tag, in Unicode code points
 * @param tagValueLength the value of a tag, in Unicode code points
 */
public record Limits(
    int blobBytes,
    int historyBatchBytes,
    int executionStateBytes,
    long historyEvents,
    int tags,
    int tagKeyLength,
    int tagValueLength) {

  private static final int MEBIBYTE = 1024 * 1024;

  /** The limits of every backend. */
  public static final Limits DEFAULTS =
      new Limits(2 * MEBIBYTE, 4 * MEBIBYTE, 8 * MEBIBYTE, 51_200, 64, 64, 255);

  /**
   * Checks the bounds.
   *
   * @throws io.odin.persistence.error.InvalidRequestException if a limit is below 1 or above the
   *     default
   */
  public Limits {
    Require.between("blobBytes", blobBytes, 1, 2 * MEBIBYTE);
    Require.between("historyBatchBytes", historyBatchBytes, 1, 4 * MEBIBYTE);
    Require.between("executionStateBytes", executionStateBytes, 1, 8 * MEBIBYTE);
    Require.between("historyEvents", historyEvents, 1, 51_200);
    Require.between("tags", tags, 1, 64);
    Require.between("tagKeyLength", tagKeyLength, 1, 64);
    Require.between("tagValueLength", tagValueLength, 1, 255);
  }

  /** These limits with another size of a JSON document. */
  public Limits withBlobBytes(int maximum) {
    return new Limits(
        maximum,
        historyBatchBytes,
        executionStateBytes,
        historyEvents,
        tags,
        tagKeyLength,
        tagValueLength);
  }

  /** These limits with another size of a history batch. */
  public Limits withHistoryBatchBytes(int maximum) {
    return new Limits(
        blobBytes, maximum, executionStateBytes, historyEvents, tags, tagKeyLength, tagValueLength);
  }

  /** These limits with another size of a run's state. */
  public Limits withExecutionStateBytes(int maximum) {
    return new Limits(
        blobBytes, historyBatchBytes, maximum, historyEvents, tags, tagKeyLength, tagValueLength);
  }

  /** These limits with another number of events. */
  public Limits withHistoryEvents(long maximum) {
    return new Limits(
        blobBytes,
        historyBatchBytes,
        executionStateBytes,
        maximum,
        tags,
        tagKeyLength,
        tagValueLength);
  }

  /** These limits with another number of tags. */
  public Limits withTags(int maximum) {
    return new Limits(
        blobBytes,
        historyBatchBytes,
        executionStateBytes,
        historyEvents,
        maximum,
        tagKeyLength,
        tagValueLength);
  }

  /** These limits with another length of a tag's key. */
  public Limits withTagKeyLength(int maximum) {
    return new Limits(
        blobBytes,
        historyBatchBytes,
        executionStateBytes,
        historyEvents,
        tags,
        maximum,
        tagValueLength);
  }

  /** These limits with another length of a tag's value. */
  public Limits withTagValueLength(int maximum) {
    return new Limits(
        blobBytes,
        historyBatchBytes,
        executionStateBytes,
        historyEvents,
        tags,
        tagKeyLength,
        maximum);
  }

  /**
   * Compares a size with its limit.
   *
   * @throws LimitExceededException if the size is larger
   */
  public static void check(String limit, long actual, long maximum) {
    if (actual > maximum) {
      throw new LimitExceededException(limit, actual, maximum);
    }
  }
}
