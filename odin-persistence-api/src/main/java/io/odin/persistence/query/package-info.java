/** Queries to runs, and their answers. */
@NullMarked
package io.odin.persistence.query;

import org.jspecify.annotations.NullMarked;
