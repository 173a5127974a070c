/** Limits, at every entry point through which a value can enter a store. */
@NullMarked
package io.odin.persistence.tck.limits;

import org.jspecify.annotations.NullMarked;
