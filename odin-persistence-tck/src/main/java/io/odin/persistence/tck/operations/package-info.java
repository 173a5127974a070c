/** The kits for operations: health checks, SQL functions, and sessions of the database. */
@NullMarked
package io.odin.persistence.tck.operations;

import org.jspecify.annotations.NullMarked;
