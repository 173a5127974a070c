/** The store of task queues, and what a commit does to tasks. */
@NullMarked
package io.odin.persistence.sql.task;

import org.jspecify.annotations.NullMarked;
