/** Timers of runs. Commits write them; this package reads them. */
@NullMarked
package io.odin.persistence.timer;

import org.jspecify.annotations.NullMarked;
