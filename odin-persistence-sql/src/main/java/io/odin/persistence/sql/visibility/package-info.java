/** The store of visibility records, tags and search attributes, and what a commit writes there. */
@NullMarked
package io.odin.persistence.sql.visibility;

import org.jspecify.annotations.NullMarked;
