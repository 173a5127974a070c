/** Wakes those that wait for tasks. */
@NullMarked
package io.odin.persistence.sql.wakeup;

import org.jspecify.annotations.NullMarked;
