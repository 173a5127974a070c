package io.odin.persistence.execution;

import io.odin.persistence.history.HistoryEvent;
import io.odin.persistence.timer.TimerUpsert;
import io.odin.persistence.visibility.Tags;
import io.odin.persistence.visibility.VisibilityRecord;
import java.util.List;
import java.util.Optional;

/** What a transaction does to one run. */
public sealed interface RunChange permits CreateRun, UpdateRun {

  /** Which run. */
  RunKey key();

  /** Its version afterwards. */
  long versionAfter();

  /** Its state afterwards, as a whole. */
  RunState state();

  /** The events to append, ids contiguous; may be empty. */
  List<HistoryEvent> history();

  /** The timers to set or to move. */
  List<TimerUpsert> timers();

  /** What lists and searches show of the run afterwards; empty to leave that as it is. */
  Optional<VisibilityRecord> visibility();

  /** All its tags afterwards; empty to leave them as they are. */
  Optional<Tags> tags();
}
