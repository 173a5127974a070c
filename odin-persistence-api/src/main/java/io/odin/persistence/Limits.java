package io.odin.persistence;

import io.odin.persistence.error.LimitExceededException;
import io.odin.persistence.internal.Require;
import io.odin.persistence.value.PageRequest;

/**
 * Every limit of a request. They are checked before any SQL, whatever the entry point, and are the
 * same on every backend.
 *
 * <p>The components are sizes of payloads. {@link #DEFAULTS} are the upper bounds; a deployment may
 * configure smaller ones, and a value above one is refused with {@link LimitExceededException}. The
 * constants are lengths and numbers that are fixed; what exceeds them is refused with {@link
 * io.odin.persistence.error.InvalidRequestException}, most by the constructor of the record.
 *
 * @param blobBytes one payload or other JSON document, see {@link
 *     io.odin.persistence.value.Payload#size}
 * @param historyBatchBytes the events of one run in one commit: their types and their data
 * @param executionStateBytes the opaque state of a run
 * @param historyEvents the number of events of one run; the commit that closes the run may add as
 *     many again
 * @param tags the number of tags of a run
 * @param tagKeyLength the key of a tag, in Unicode code points
 * @param tagValueLength the value of a tag, in Unicode code points
 * @param requestBytes all parts of one commit, or of one batch of tasks, together, each with its
 *     payloads, its texts and {@link #PART_BYTES}; an import may be larger
 * @param pageBytes the payloads of one page, poll or claim: it ends before it exceeds this, but has
 *     at least one item if there is one
 */
public record Limits(
    int blobBytes,
    int historyBatchBytes,
    int executionStateBytes,
    long historyEvents,
    int tags,
    int tagKeyLength,
    int tagValueLength,
    int requestBytes,
    int pageBytes) {

  /** The longest id, in Unicode code points: keys, names, types, owners. An id is not empty. */
  public static final int ID_LENGTH = Require.ID_LENGTH;

  /** The longest message to operators, in Unicode code points: reasons, notes, descriptions. */
  public static final int MESSAGE_LENGTH = Require.MESSAGE_LENGTH;

  /** The longest text of a search attribute, and of each text of a list, in code points. */
  public static final int KEYWORD_LENGTH = Require.KEYWORD_LENGTH;

  /** The largest number of items of a page, of tasks of a poll and of schedules of a claim. */
  public static final int PAGE_ITEMS = PageRequest.MAXIMUM_LIMIT;

  /**
   * The largest number of items of a batch that is not a commit. A commit has no such limit, since
   * a step of an engine cannot be sent in two; a batch can.
   */
  public static final int BATCH_ITEMS = Require.BATCH_ITEMS;

  /**
   * What a part of a request counts for in {@link #requestBytes}, in addition to its payloads and
   * its texts in UTF-8, among them the workflow id of its run. So a commit has up to 500,000 parts.
   */
  public static final int PART_BYTES = 128;

  /** How deep a JSON document may be nested. */
  public static final int JSON_DEPTH = Require.JSON_DEPTH;

  /** The longest name of a member of a JSON document, in UTF-8 bytes. */
  public static final int JSON_NAME_BYTES = Require.JSON_NAME_BYTES;

  /** The longest visibility query, in UTF-8 bytes. */
  public static final int QUERY_BYTES = Require.QUERY_BYTES;

  /** The largest number of tests of a visibility query. */
  public static final int QUERY_TESTS = Require.QUERY_TESTS;

  /** The largest number of values in an IN of a visibility query. */
  public static final int QUERY_VALUES = Require.QUERY_VALUES;

  private static final int MEBIBYTE = 1024 * 1024;

  /** The limits of every backend. */
  public static final Limits DEFAULTS =
      new Limits(
          2 * MEBIBYTE,
          4 * MEBIBYTE,
          8 * MEBIBYTE,
          51_200,
          64,
          64,
          255,
          64 * MEBIBYTE,
          16 * MEBIBYTE);

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
    Require.between("requestBytes", requestBytes, 1, 64 * MEBIBYTE);
    Require.between("pageBytes", pageBytes, 1, 16 * MEBIBYTE);
  }

  /** These limits with another size of a payload. */
  public Limits withBlobBytes(int maximum) {
    return new Limits(
        maximum,
        historyBatchBytes,
        executionStateBytes,
        historyEvents,
        tags,
        tagKeyLength,
        tagValueLength,
        requestBytes,
        pageBytes);
  }

  /** These limits with another size of a history batch. */
  public Limits withHistoryBatchBytes(int maximum) {
    return new Limits(
        blobBytes,
        maximum,
        executionStateBytes,
        historyEvents,
        tags,
        tagKeyLength,
        tagValueLength,
        requestBytes,
        pageBytes);
  }

  /** These limits with another size of a run's state. */
  public Limits withExecutionStateBytes(int maximum) {
    return new Limits(
        blobBytes,
        historyBatchBytes,
        maximum,
        historyEvents,
        tags,
        tagKeyLength,
        tagValueLength,
        requestBytes,
        pageBytes);
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
        tagValueLength,
        requestBytes,
        pageBytes);
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
        tagValueLength,
        requestBytes,
        pageBytes);
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
        tagValueLength,
        requestBytes,
        pageBytes);
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
        maximum,
        requestBytes,
        pageBytes);
  }

  /** These limits with another size of a request. */
  public Limits withRequestBytes(int maximum) {
    return new Limits(
        blobBytes,
        historyBatchBytes,
        executionStateBytes,
        historyEvents,
        tags,
        tagKeyLength,
        tagValueLength,
        maximum,
        pageBytes);
  }

  /** These limits with another size of a page. */
  public Limits withPageBytes(int maximum) {
    return new Limits(
        blobBytes,
        historyBatchBytes,
        executionStateBytes,
        historyEvents,
        tags,
        tagKeyLength,
        tagValueLength,
        requestBytes,
        maximum);
  }

  /**
   * Compares a size with its limit.
   *
   * @throws LimitExceededException if the size is larger
   */
  public static void check(String limit, long actual, long maximum) {
    check(limit, limit, actual, maximum);
  }

  /**
   * Compares the size of a field with its limit.
   *
   * @param field the parameter or component, as its accessor is named
   * @throws LimitExceededException naming both, if the size is larger
   */
  public static void check(String field, String limit, long actual, long maximum) {
    if (actual > maximum) {
      throw new LimitExceededException(field, limit, actual, maximum);
    }
  }
}
