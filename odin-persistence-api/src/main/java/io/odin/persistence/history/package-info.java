/** History: the immutable events of a run. They are written by commits and read here. */
@NullMarked
package io.odin.persistence.history;

import org.jspecify.annotations.NullMarked;
