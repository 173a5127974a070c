/** The kits of requests that are sent again, for every write of every store. */
@NullMarked
package io.odin.persistence.tck.repetition;

import org.jspecify.annotations.NullMarked;
