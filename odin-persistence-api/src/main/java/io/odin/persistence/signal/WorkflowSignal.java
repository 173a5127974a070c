package io.odin.persistence.signal;

import io.odin.persistence.run.RunKey;
import io.odin.persistence.value.Payload;
import java.time.Instant;

/**
 * A stored signal.
 *
 * @param run the run that received it
 * @param signalId unique within the run
 * @param name the name of the signal
 * @param input the input for the run
 * @param sequence its position among the signals of the run, from 1 without gaps
 * @param receivedAt the time of receipt, by the database's clock
 */
public record WorkflowSignal(
    RunKey run, String signalId, String name, Payload input, long sequence, Instant receivedAt) {}
