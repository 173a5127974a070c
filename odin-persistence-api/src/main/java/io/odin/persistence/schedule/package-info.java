/** Workflows to be started by a cron expression or at an interval, and the outcomes. */
@NullMarked
package io.odin.persistence.schedule;

import org.jspecify.annotations.NullMarked;
