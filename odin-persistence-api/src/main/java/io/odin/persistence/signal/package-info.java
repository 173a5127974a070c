/** Signals: what the outside tells a run. They are put here and consumed by commits. */
@NullMarked
package io.odin.persistence.signal;

import org.jspecify.annotations.NullMarked;
