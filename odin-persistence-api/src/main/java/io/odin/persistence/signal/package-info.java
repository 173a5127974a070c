/** Signals: messages from outside to a run. They are put here and consumed by commits. */
@NullMarked
package io.odin.persistence.signal;

import org.jspecify.annotations.NullMarked;
