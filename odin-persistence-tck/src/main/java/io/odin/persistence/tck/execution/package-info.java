/** The kits of {@link io.odin.persistence.execution.ExecutionStore}: runs, and commits. */
@NullMarked
package io.odin.persistence.tck.execution;

import org.jspecify.annotations.NullMarked;
