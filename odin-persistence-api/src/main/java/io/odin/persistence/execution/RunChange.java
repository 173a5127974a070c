package io.odin.persistence.execution;

import io.odin.persistence.history.HistoryEvent;
import io.odin.persistence.timer.TimerUpsert;
import java.util.List;

/** What a transaction does to one run. */
public sealed interface RunChange permits CreateRun, UpdateRun {

  /** Which run. */
  RunKey key();

  /** Its state afterwards, as a whole. */
  RunState state();

  /** The events to append, ids contiguous; may be empty. */
  List<HistoryEvent> history();

  /** The timers to set or to move. */
  List<TimerUpsert> timers();
}
