package io.odin.persistence.execution;

import io.odin.persistence.history.HistorySize;
import io.odin.persistence.run.RunKey;
import java.time.Instant;

/**
 * A stored run.
 *
 * @param key the run
 * @param shardId the shard of its workflow id
 * @param definition the properties that are fixed
 * @param state the state after the last commit
 * @param version 1 when created, one more with each commit
 * @param nextEventId the id of the next event of its history
 * @param historyBytes the size of its history, as {@link HistorySize#bytes()}
 * @param signalsReceived the number of signals received, which is the sequence of the last one
 * @param lastUpdatedAt the time of the last write, by the database's clock
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
