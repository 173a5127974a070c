/** The kits of {@link io.odin.persistence.schedule.ScheduleStore}. */
@NullMarked
package io.odin.persistence.tck.schedule;

import org.jspecify.annotations.NullMarked;
