/** History: the immutable events of a run. Commits write them; this package reads them. */
@NullMarked
package io.odin.persistence.history;

import org.jspecify.annotations.NullMarked;
