/** The kit of {@link io.odin.persistence.signal.SignalStore}. */
@NullMarked
package io.odin.persistence.tck.signal;

import org.jspecify.annotations.NullMarked;
