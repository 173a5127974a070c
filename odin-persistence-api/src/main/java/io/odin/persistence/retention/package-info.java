/** Retention: closed runs are archived and deleted when their time is over. */
@NullMarked
package io.odin.persistence.retention;

import org.jspecify.annotations.NullMarked;
