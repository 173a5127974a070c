/** Timers: what a run wants to be woken for. They are written by commits and read here. */
@NullMarked
package io.odin.persistence.timer;

import org.jspecify.annotations.NullMarked;
