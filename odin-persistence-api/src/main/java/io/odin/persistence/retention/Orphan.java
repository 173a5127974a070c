package io.odin.persistence.retention;

import io.odin.persistence.execution.RunKey;

/**
 * Something of a run that does not exist.
 *
 * @param part what is there
 * @param run the run that is not
 */
public record Orphan(RunPart part, RunKey run) {}
