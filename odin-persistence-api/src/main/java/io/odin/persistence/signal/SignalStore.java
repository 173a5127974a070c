package io.odin.persistence.signal;

import io.odin.persistence.run.RunKey;
import io.odin.persistence.run.WorkflowKey;
import io.odin.persistence.value.Page;
import io.odin.persistence.value.PageRequest;

/**
 * Signals to runs. Sending one needs no lease on the shard; {@link
 * io.odin.persistence.execution.ExecutionStore#commit} consumes them. Thread-safe.
 *
 * <p>A signal and the commits on its run are serialized: the signal is refused because the run is
 * closed, or the run sees it before it closes, see {@link
 * io.odin.persistence.execution.UpdateRun#signalsSeen}. It does not change the version of the run.
 *
 * <p>Every method throws {@link io.odin.persistence.error.InvalidRequestException} naming a null
 * argument, and {@link io.odin.persistence.error.UnavailableException} when the database cannot
 * process the request. Where the reply to a signal is lost, {@link
 * io.odin.persistence.error.OutcomeUnknownException} is thrown; sending the same request again
 * settles it.
 */
public interface SignalStore {

  /**
   * Sends a signal to a run. One transaction. Idempotent by id: if the run has received a signal of
   * the same id, with any content, nothing is written and its receipt is returned, even if the run
   * has closed since.
   *
   * @throws io.odin.persistence.error.NotFoundException if the run does not exist
   * @throws io.odin.persistence.error.InvalidRequestException if the run is closed
   * @throws io.odin.persistence.error.LimitExceededException if the input is too large
   */
  SignalReceipt put(RunKey run, NewSignal signal);

  /**
   * Sends a signal to the open run of the workflow. One transaction, and exactly one run receives
   * it, also while one run is replaced by the next. Idempotent by id: if any stored run of the
   * workflow has received a signal of the same id, with any content, nothing is written and its
   * receipt is returned, so that a repetition does not reach the next run as well. If several runs
   * have, it is the receipt of the greatest run id, which is the newest run if run ids are
   * time-ordered.
   *
   * @throws io.odin.persistence.error.CurrentRunConflictException with the current run if it is
   *     closed; without one if the workflow has none
   * @throws io.odin.persistence.error.LimitExceededException if the input is too large
   */
  SignalReceipt put(WorkflowKey workflow, NewSignal signal);

  /**
   * The signals that the run has received and not consumed, in the order of receipt; empty if there
   * are none, or the run does not exist.
   */
  Page<WorkflowSignal> pending(RunKey run, PageRequest page);
}
