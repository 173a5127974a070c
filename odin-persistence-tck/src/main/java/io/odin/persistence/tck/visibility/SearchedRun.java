package io.odin.persistence.tck.visibility;

import io.odin.persistence.visibility.Tags;
import io.odin.persistence.visibility.VisibilityRecord;

/**
 * A run as queries see it.
 *
 * @param record what is shown of it
 * @param tags its tags
 */
record SearchedRun(VisibilityRecord record, Tags tags) {}
