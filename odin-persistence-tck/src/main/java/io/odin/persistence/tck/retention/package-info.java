/** The kits of {@link io.odin.persistence.retention.RetentionStore}. */
@NullMarked
package io.odin.persistence.tck.retention;

import org.jspecify.annotations.NullMarked;
