/** Retention: closed runs are archived and deleted when their retention has expired. */
@NullMarked
package io.odin.persistence.retention;

import org.jspecify.annotations.NullMarked;
