/** The store of histories, and what a commit appends to them. */
@NullMarked
package io.odin.persistence.sql.history;

import org.jspecify.annotations.NullMarked;
