package io.odin.persistence.signal;

import io.odin.persistence.Page;
import io.odin.persistence.PageRequest;
import io.odin.persistence.execution.RunKey;
import io.odin.persistence.execution.WorkflowKey;

/**
 * Signals to runs. Anyone may send them, without a lease on the shard; {@link
 * io.odin.persistence.execution.ExecutionStore#commit} consumes them. Thread-safe.
 *
 * <p>A signal and the commits on its run come one after the other: it is either refused because the
 * run is closed, or there for the run to see before it closes, see {@link
 * io.odin.persistence.execution.UpdateRun#signalsSeen}. It does not change the version of the run.
 *
 * <p>Every method throws {@link io.odin.persistence.error.InvalidRequestException} naming a null
 * argument, and {@link io.odin.persistence.error.UnavailableException} when the database cannot
 * take the request. Where the reply to a signal is lost, {@link
 * io.odin.persistence.error.OutcomeUnknownException} is thrown; sending the same again settles it.
 */
public interface SignalStore {

  /**
   * Sends a signal to a run. One transaction. If the run has received one of the same id, whatever
   * its content, nothing is written and its receipt is returned, even if the run has closed since.
   *
   * @throws io.odin.persistence.error.NotFoundException if there is no such run
   * @throws io.odin.persistence.error.InvalidRequestException if the run is closed
   * @throws io.odin.persistence.error.LimitExceededException if the input is too large
   */
  SignalReceipt put(RunKey run, NewSignal signal);

  /**
   * Sends a signal to whichever run of the workflow is open. One transaction, and exactly one run
   * receives it, also while one run is replaced by the next. If any stored run of the workflow has
   * received one of the same id, whatever its content, nothing is written and its receipt is
   * returned: a signal that is sent again does not reach the next run as well. If several runs
   * have, it is the receipt of the one with the greatest run id, which is the newest where run ids
   * are time-ordered.
   *
   * @throws io.odin.persistence.error.CurrentRunConflictException with the current run, if that is
   *     closed; without one, if the workflow has none
   * @throws io.odin.persistence.error.LimitExceededException if the input is too large
   */
  SignalReceipt put(WorkflowKey workflow, NewSignal signal);

  /**
   * The signals that the run has received and not consumed, in the order in which they were
   * received; empty if there are none, or no such run.
   */
  Page<WorkflowSignal> pending(RunKey run, PageRequest page);
}
