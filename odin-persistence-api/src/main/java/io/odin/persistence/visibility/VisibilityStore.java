package io.odin.persistence.visibility;

import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.value.Page;
import io.odin.persistence.value.PageRequest;
import io.odin.persistence.visibility.query.AttributeType;
import io.odin.persistence.visibility.query.VisibilityQuery;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Searchable records and tags of runs. Commits write both together with the run; the writes of this
 * store are for changes outside of commits: repair, import, tagging. Thread-safe.
 *
 * <p>Every method throws {@link io.odin.persistence.error.InvalidRequestException} naming a null
 * argument, and {@link io.odin.persistence.error.UnavailableException} when the database cannot
 * process the request. Where the reply to a write is lost, {@link
 * io.odin.persistence.error.OutcomeUnknownException} is thrown; sending the same request again
 * settles it, and then an {@link #upsert} that was applied returns SUPERSEDED.
 */
public interface VisibilityStore {

  /**
   * Stores the record of a run, unless a record of this version or a newer one is stored or was
   * deleted. One transaction. The run itself need not exist.
   *
   * @param version the version of the run that the record shows, from 1; a commit writes records
   *     under the version that the run has after it
   * @return SUPERSEDED if nothing changed
   * @throws io.odin.persistence.error.InvalidRequestException if a search attribute is not
   *     registered in the namespace, or its value is not of the registered type: before any write;
   *     or if the run exists and the record has another type, queue or start, or shows this version
   *     of the run or a later one in another state or with another end: nothing is written
   * @throws io.odin.persistence.error.LimitExceededException if the memo or the search attributes
   *     are too large
   */
  VisibilityWrite upsert(VisibilityRecord record, long version);

  /**
   * Deletes the record of a run with its memo, its search attributes and its tags, unless a newer
   * one is stored. A tombstone remains until {@link #purgeTombstones}, also if there was no record,
   * so that a late write does not restore the record. One transaction. Idempotent.
   *
   * @param version the version of the run up to which its record is deleted, from 1
   * @return SUPERSEDED if a newer record is stored, which stays, or was deleted at a newer version
   */
  VisibilityWrite delete(RunKey run, long version);

  /**
   * Deletes old tombstones of all namespaces. A write that is later than this could restore a
   * record.
   *
   * @param age only those older than this, by the database's clock
   * @param limit maximum number, 1 to 1000
   * @return the number of deleted tombstones
   */
  int purgeTombstones(Duration age, int limit);

  /** The record of a run; empty if there is none. */
  Optional<VisibilityRecord> find(RunKey run);

  /**
   * Lists the runs of a namespace that match a query. The cost is independent of page depth for
   * queries without a condition, and for those that only filter on one of type, state, task queue
   * and parent with {@code =}; other queries sort the matching runs.
   *
   * @throws io.odin.persistence.error.InvalidRequestException if the query does not match the
   *     registered attributes, with the position; or if the page token belongs to another query,
   *     order or namespace
   * @throws io.odin.persistence.error.UnavailableException with STATEMENT_TIMEOUT if it exceeds the
   *     statement timeout
   */
  Page<VisibilityRecord> list(
      NamespaceId namespace, VisibilityQuery query, VisibilityOrder order, PageRequest page);

  /**
   * Counts the runs of a namespace that match a query. The cost grows with their number.
   *
   * @throws io.odin.persistence.error.InvalidRequestException as {@link #list} does
   * @throws io.odin.persistence.error.UnavailableException as {@link #list} does
   */
  long count(NamespaceId namespace, VisibilityQuery query);

  /**
   * Counts the runs that match a query by group. The first 1000 groups, ordered by size,
   * descending, then by value; groups without runs are left out.
   *
   * @throws io.odin.persistence.error.InvalidRequestException as {@link #list} does
   * @throws io.odin.persistence.error.UnavailableException as {@link #list} does
   */
  List<GroupCount> countBy(NamespaceId namespace, VisibilityQuery query, VisibilityGroup group);

  /**
   * Lists the runs of a namespace that have the given tags, in the order {@link
   * VisibilityOrder#CLOSE_TIME}. Keys and values are compared exactly.
   *
   * @param tags at least one
   * @throws io.odin.persistence.error.InvalidRequestException if there are no tags, or the page
   *     token belongs to another search
   * @throws io.odin.persistence.error.UnavailableException as {@link #list} does
   */
  Page<VisibilityRecord> searchByTags(
      NamespaceId namespace, Tags tags, TagMatch match, PageRequest page);

  /**
   * Replaces all tags of a run that has a visibility record. One transaction.
   *
   * @throws io.odin.persistence.error.NotFoundException if the run has no visibility record
   * @throws io.odin.persistence.error.LimitExceededException if they are too many or too long
   */
  void setTags(RunKey run, Tags tags);

  /** The tags of a run; none if the run does not exist. */
  Tags tags(RunKey run);

  /**
   * Registers a search attribute of a namespace. Other processes accept it at once. Idempotent: the
   * same type again has no effect.
   *
   * @param name up to 255 characters, exact and case-sensitive
   * @throws io.odin.persistence.error.InvalidRequestException if it is the name of a system field
   * @throws io.odin.persistence.error.AlreadyExistsException with the {@link AttributeType}, if it
   *     is registered under another type
   */
  void registerAttribute(NamespaceId namespace, String name, AttributeType type);

  /** The registered attributes of a namespace by name, sorted; empty if it has none. */
  SortedMap<String, AttributeType> attributes(NamespaceId namespace);

  /**
   * Removes a search attribute: queries that name it and records that bring a value for it are
   * refused. Stored records keep their values, which a change of the same run may keep too, and are
   * searched by them again if the attribute is registered again under the same type. Other
   * processes may accept it for another ten seconds. Idempotent: removing an attribute that is not
   * registered has no effect.
   */
  void removeAttribute(NamespaceId namespace, String name);
}
