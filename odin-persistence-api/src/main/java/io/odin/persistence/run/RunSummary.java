package io.odin.persistence.run;

import java.time.Instant;
import java.util.Optional;

/**
 * A run without its payloads.
 *
 * @param key the run
 * @param workflowType the type of the workflow
 * @param state running, or how it ended
 * @param version 1 when created, one more with each commit
 * @param startedAt the time of the start
 * @param completedAt the time of the end; empty while it is running
 * @param startRequestId the id of the request that started it
 * @param parent the run that started it
 * @param base the run from which it has the beginning of its history
 */
public record RunSummary(
    RunKey key,
    String workflowType,
    WorkflowState state,
    long version,
    Instant startedAt,
    Optional<Instant> completedAt,
    Optional<String> startRequestId,
    Optional<ParentLink> parent,
    Optional<BaseRun> base) {}
