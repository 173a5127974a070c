/** The store of retention: archiving and deleting closed runs. */
@NullMarked
package io.odin.persistence.sql.retention;

import org.jspecify.annotations.NullMarked;
