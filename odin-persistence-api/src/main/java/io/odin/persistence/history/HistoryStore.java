package io.odin.persistence.history;

import io.odin.persistence.run.RunKey;
import io.odin.persistence.value.Page;
import io.odin.persistence.value.PageRequest;
import java.util.List;
import java.util.Optional;

/**
 * The events of a run, immutable once written. They are appended by {@link
 * io.odin.persistence.execution.ExecutionStore#commit}, and by imports. Thread-safe.
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
}
