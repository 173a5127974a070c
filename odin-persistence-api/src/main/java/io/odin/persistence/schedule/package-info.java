/** Schedules, which start workflows by cron expression or interval, and their history. */
@NullMarked
package io.odin.persistence.schedule;

import org.jspecify.annotations.NullMarked;
