/** Retention: archival and deletion of closed runs. */
@NullMarked
package io.odin.persistence.retention;

import org.jspecify.annotations.NullMarked;
