/** The kit of {@link io.odin.persistence.timer.TimerStore}. */
@NullMarked
package io.odin.persistence.tck.timer;

import org.jspecify.annotations.NullMarked;
