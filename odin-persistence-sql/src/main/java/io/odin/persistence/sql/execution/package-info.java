/** The store of executions: commits, planned over all areas. */
@NullMarked
package io.odin.persistence.sql.execution;

import org.jspecify.annotations.NullMarked;
