package io.odin.persistence.signal;

import io.odin.persistence.Json;
import io.odin.persistence.execution.RunKey;
import java.time.Instant;

/**
 * A stored signal.
 *
 * @param run which received it
 * @param signalId unique within the run
 * @param name what it is about
 * @param input what the run is to know
 * @param sequence its place among the signals of the run, from 1 and without gaps
 * @param receivedAt when it was received, by the database's clock
 */
public record WorkflowSignal(
    RunKey run, String signalId, String name, Json input, long sequence, Instant receivedAt) {}
