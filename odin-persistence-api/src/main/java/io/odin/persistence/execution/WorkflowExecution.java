package io.odin.persistence.execution;

import io.odin.persistence.history.HistorySize;
import java.time.Instant;

/**
 * A stored run.
 *
 * @param key which run
 * @param shardId the shard of its workflow id
 * @param definition what was fixed when it was created
 * @param state what the last commit left
 * @param version 1 when created, one more with each commit
 * @param nextEventId the event id that its history goes on with
 * @param historyBytes the size of its history, as {@link HistorySize#bytes()}
 * @param signalsReceived how many signals it has received: the sequence of the last one
 * @param lastUpdatedAt when it was last written, by the database's clock
 */
public record WorkflowExecution(
    RunKey key,
    int shardId,
    RunDefinition definition,
    RunState state,
    long version,
    long nextEventId,
    long historyBytes,
    long signalsReceived,
    Instant lastUpdatedAt) {}
