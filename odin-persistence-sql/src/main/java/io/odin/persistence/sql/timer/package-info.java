/** The store of timers, and what a commit does to them. */
@NullMarked
package io.odin.persistence.sql.timer;

import org.jspecify.annotations.NullMarked;
