/** The database schema: its version, and migration to the required one. */
@NullMarked
package io.odin.persistence.schema;

import org.jspecify.annotations.NullMarked;
