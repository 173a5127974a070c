/** The store of signals, and what a commit does to them. */
@NullMarked
package io.odin.persistence.sql.signal;

import org.jspecify.annotations.NullMarked;
