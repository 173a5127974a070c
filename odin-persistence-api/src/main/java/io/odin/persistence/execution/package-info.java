/** Executions: the mutable state of runs, and atomic commits over all stores. */
@NullMarked
package io.odin.persistence.execution;

import org.jspecify.annotations.NullMarked;
