/**
 * The kits of {@link io.odin.persistence.visibility.VisibilityStore}: records, tags, search
 * attributes, and queries, with random ones among them.
 */
@NullMarked
package io.odin.persistence.tck.visibility;

import org.jspecify.annotations.NullMarked;
