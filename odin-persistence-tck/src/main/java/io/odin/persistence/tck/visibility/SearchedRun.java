package io.odin.persistence.tck.visibility;

import io.odin.persistence.visibility.Tags;
import io.odin.persistence.visibility.VisibilityRecord;

/**
 * A run and its tags, as queries see them.
 *
 * @param record its visibility record
 * @param tags its tags
 */
record SearchedRun(VisibilityRecord record, Tags tags) {}
