/** The store of queries and their answers, and what a commit answers. */
@NullMarked
package io.odin.persistence.sql.query;

import org.jspecify.annotations.NullMarked;
