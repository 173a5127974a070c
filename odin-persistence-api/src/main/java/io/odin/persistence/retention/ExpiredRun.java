package io.odin.persistence.retention;

import io.odin.persistence.execution.RunKey;
import java.time.Instant;

/**
 * A closed run whose retention has expired.
 *
 * @param key which run
 * @param completedAt when it ended
 * @param expiredAt when its namespace's retention expired, as the retention is now
 */
public record ExpiredRun(RunKey key, Instant completedAt, Instant expiredAt) {}
