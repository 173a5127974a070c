/**
 * The query language of visibility. {@link io.odin.persistence.visibility.query.VisibilityQuery}
 * reads a text; bound to the attributes of a namespace it becomes a {@link
 * io.odin.persistence.visibility.query.Condition}, which a backend renders without further checks.
 */
@NullMarked
package io.odin.persistence.visibility.query;

import org.jspecify.annotations.NullMarked;
