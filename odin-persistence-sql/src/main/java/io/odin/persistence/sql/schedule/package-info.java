/** The store of schedules, and what a commit records of a due time. */
@NullMarked
package io.odin.persistence.sql.schedule;

import org.jspecify.annotations.NullMarked;
