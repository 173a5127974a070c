package io.odin.persistence.visibility;

import io.odin.persistence.Page;
import io.odin.persistence.PageRequest;
import io.odin.persistence.execution.RunKey;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.visibility.query.VisibilityQuery;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Search records, tags and search attributes of runs. Commits write records and tags together with
 * the run; the writes of this store are for what happens outside of commits: repair, import, and
 * users who tag. Thread-safe.
 *
 * <p>Every method throws {@link io.odin.persistence.error.InvalidRequestException} naming a null
 * argument, and {@link io.odin.persistence.error.UnavailableException} when the database cannot
 * take the request. Where the reply to a write is lost, {@link
 * io.odin.persistence.error.OutcomeUnknownException} is thrown; sending the same again settles it,
 * and an {@link #upsert} that was applied then returns SUPERSEDED.
 */
public interface VisibilityStore {

  /**
   * Stores the record of a run, unless what is stored, or was deleted, has this version or a newer
   * one. One transaction. Whether the run itself exists does not matter.
   *
   * @param version the version of the run that the record shows, from 1; a commit writes records
   *     under the version that the run has after it
   * @return SUPERSEDED if nothing was changed
   * @throws io.odin.persistence.error.InvalidRequestException if a search attribute is not
   *     registered in the namespace, or its value is not of the registered type: before any write
   * @throws io.odin.persistence.error.LimitExceededException if the memo or the search attributes
   *     are too large
   */
  VisibilityWrite upsert(VisibilityRecord record, long version);

  /**
   * Removes the record of a run with its memo, its search attributes and its tags, unless a newer
   * one is stored. What is left until {@link #purgeTombstones} keeps late writes from bringing it
   * back, also if there was no record. One transaction; deleting again changes nothing.
   *
   * @param version the version of the run up to which its record is deleted, from 1
   * @return SUPERSEDED if a newer record is stored, which stays, or was deleted at a newer version
   */
  VisibilityWrite delete(RunKey run, long version);

  /**
   * Deletes the tombstones of deleted records, of all namespaces. A late write after this could
   * bring a record back.
   *
   * @param age only what was deleted longer ago than this, by the database's clock
   * @param limit the maximum number, 1 to 1000
   * @return how many were deleted
   */
  int purgeTombstones(Duration age, int limit);

  /** The record of a run; empty if there is none. */
  Optional<VisibilityRecord> find(RunKey run);

  /**
   * The runs of a namespace that a query finds. The cost of a page does not depend on its depth if
   * the query has no condition, or only requires one value of type, state, task queue or parent;
   * other queries sort what they find.
   *
   * @throws io.odin.persistence.error.InvalidRequestException if the query does not fit the
   *     registered attributes, with the position; or if the page token is of another query, order
   *     or namespace
   * @throws io.odin.persistence.error.UnavailableException with STATEMENT_TIMEOUT if it takes
   *     longer than a statement may
   */
  Page<VisibilityRecord> list(
      NamespaceId namespace, VisibilityQuery query, VisibilityOrder order, PageRequest page);

  /**
   * How many runs of a namespace a query finds. Reads all of them.
   *
   * @throws io.odin.persistence.error.InvalidRequestException as {@link #list} does
   * @throws io.odin.persistence.error.UnavailableException as {@link #list} does
   */
  long count(NamespaceId namespace, VisibilityQuery query);

  /**
   * How many of the runs that a query finds each group has: the largest group first, groups of one
   * size by their value, the first 1000. Groups without runs are not among them.
   *
   * @throws io.odin.persistence.error.InvalidRequestException as {@link #list} does
   * @throws io.odin.persistence.error.UnavailableException as {@link #list} does
   */
  List<GroupCount> countBy(NamespaceId namespace, VisibilityQuery query, VisibilityGroup group);

  /**
   * The runs of a namespace that have tags, in the order {@link VisibilityOrder#CLOSE_TIME}. Keys
   * and values are compared exactly.
   *
   * @param tags at least one
   * @throws io.odin.persistence.error.InvalidRequestException if there are no tags, or the page
   *     token is of another search
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

  /** The tags of a run; none if there is no such run. */
  Tags tags(RunKey run);

  /**
   * Lets the runs of a namespace have an attribute. Other processes take it at once. Registering it
   * again under the same type changes nothing.
   *
   * @param name up to 255 characters, exact and case-sensitive
   * @throws io.odin.persistence.error.InvalidRequestException if it is the name of a field that
   *     every run has
   * @throws io.odin.persistence.error.AlreadyExistsException with the {@link AttributeType}, if it
   *     is registered under another type
   */
  void registerAttribute(NamespaceId namespace, String name, AttributeType type);

  /** The attributes of a namespace by name; sorted, and empty if it has none. */
  SortedMap<String, AttributeType> attributes(NamespaceId namespace);

  /**
   * Ends an attribute: no query may name it any more, and no record that is written may hold it.
   * Records keep what they hold, and show it again if the attribute comes back under the same type.
   * Other processes may take it for another ten seconds. Removing what is not registered changes
   * nothing.
   */
  void removeAttribute(NamespaceId namespace, String name);
}
