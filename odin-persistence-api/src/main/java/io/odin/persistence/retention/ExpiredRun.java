package io.odin.persistence.retention;

import io.odin.persistence.execution.RunKey;
import java.time.Instant;

/**
 * A closed run whose time is over.
 *
 * @param key which run
 * @param completedAt when it ended
 * @param expiredAt when its namespace's retention was over, as the retention is now
 */
public record ExpiredRun(RunKey key, Instant completedAt, Instant expiredAt) {}
