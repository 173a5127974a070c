/** Executions: the mutable state of runs, and the one way to write across stores. */
@NullMarked
package io.odin.persistence.execution;

import org.jspecify.annotations.NullMarked;
