/** Task queues: work for workers, handed out under leases. */
@NullMarked
package io.odin.persistence.task;

import org.jspecify.annotations.NullMarked;
