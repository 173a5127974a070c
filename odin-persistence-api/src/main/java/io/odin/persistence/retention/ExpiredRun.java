package io.odin.persistence.retention;

import io.odin.persistence.run.RunKey;
import java.time.Instant;

/**
 * A closed run whose retention has expired.
 *
 * @param key the run
 * @param completedAt the time of its end
 * @param expiredAt when the retention expired, by the present settings of its namespace
 */
public record ExpiredRun(RunKey key, Instant completedAt, Instant expiredAt) {}
