package io.odin.persistence.execution;

import java.time.Instant;
import java.util.Optional;

/**
 * A run without its payloads.
 *
 * @param key which run
 * @param workflowType what the workers call it
 * @param state running, or how it ended
 * @param version 1 when created, one more with each commit
 * @param startedAt when it was started
 * @param completedAt when it ended; empty while it is running
 * @param startRequestId the id of the request that started it
 * @param parent which run started it
 */
public record RunSummary(
    RunKey key,
    String workflowType,
    WorkflowState state,
    long version,
    Instant startedAt,
    Optional<Instant> completedAt,
    Optional<String> startRequestId,
    Optional<ParentLink> parent) {}
