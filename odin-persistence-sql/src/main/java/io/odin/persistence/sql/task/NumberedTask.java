package io.odin.persistence.sql.task;

import io.odin.persistence.task.NewTask;
import io.odin.persistence.task.TaskKey;

/**
 * A task with the id that it is stored under.
 *
 * @param key the caller's id, or a generated one
 * @param task what is to be stored
 */
public record NumberedTask(TaskKey key, NewTask task) {}
