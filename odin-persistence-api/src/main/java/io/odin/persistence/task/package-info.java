/** Task queues, which deliver tasks to workers under leases. */
@NullMarked
package io.odin.persistence.task;

import org.jspecify.annotations.NullMarked;
