/** The kits of {@link io.odin.persistence.task.TaskQueueStore}. */
@NullMarked
package io.odin.persistence.tck.task;

import org.jspecify.annotations.NullMarked;
