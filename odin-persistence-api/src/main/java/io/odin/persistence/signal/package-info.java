/** Signals to runs. This package stores them; commits consume them. */
@NullMarked
package io.odin.persistence.signal;

import org.jspecify.annotations.NullMarked;
