package io.odin.persistence.history;

import io.odin.persistence.Page;
import io.odin.persistence.PageRequest;
import io.odin.persistence.execution.CreateRun;
import io.odin.persistence.execution.RunKey;
import io.odin.persistence.shard.ShardLease;
import java.util.List;
import java.util.Optional;

/**
 * The events of a run, immutable once written. They are appended by {@link
 * io.odin.persistence.execution.ExecutionStore#commit}. Thread-safe.
 *
 * <p>Every method throws {@link io.odin.persistence.error.InvalidRequestException} naming a null
 * argument, {@link io.odin.persistence.error.NotFoundException} if the run does not exist, and
 * {@link io.odin.persistence.error.UnavailableException} when the database cannot process the
 * request.
 */
public interface HistoryStore {

  /** The events of the range in ascending order; an empty page past the end. */
  Page<HistoryEvent> read(RunKey run, EventRange range, PageRequest page);

  /** The events of the range in descending order; an empty page past the end. */
  Page<HistoryEvent> readReverse(RunKey run, EventRange range, PageRequest page);

  /** The event of that id; empty if there is none. */
  Optional<HistoryEvent> find(RunKey run, long eventId);

  /** The last event id, the number of events and their size, in constant time. */
  HistorySize size(RunKey run);

  /**
   * Compares the keys of the stored events with the execution row: head, gaps and tail. Reads every
   * key, but no event data.
   *
   * @return at most 1000 faults ordered by event id; empty if the history is complete
   */
  List<HistoryFault> validate(RunKey run);

  /**
   * Imports a run of another system with its whole history, in one transaction that may be larger
   * than a commit. Never changes the current run of the workflow id. The visibility record is
   * stored even if a run of this key, or its record, existed before and was deleted.
   *
   * @param shard the lease of the shard that the workflow id belongs to
   * @param run a run with {@code CreateMode.bypassCurrent()} and its history, limited only in the
   *     number of events
   * @throws io.odin.persistence.error.AlreadyExistsException with the stored {@code RunSummary} if
   *     the run exists
   * @throws io.odin.persistence.error.ShardOwnershipLostException if the lease is not valid
   */
  void importRun(ShardLease shard, CreateRun run);
}
