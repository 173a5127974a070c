package io.odin.persistence.retention;

import io.odin.persistence.run.RunKey;

/**
 * Rows of a run that does not exist.
 *
 * @param part the part that exists
 * @param run the run that does not exist
 */
public record Orphan(RunPart part, RunKey run) {}
