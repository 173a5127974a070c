/** The database schema: which version it has, and how it gets to the one that is needed. */
@NullMarked
package io.odin.persistence.schema;

import org.jspecify.annotations.NullMarked;
