/** The PostgreSQL backend: its provider, its dialect, and the SQL that only PostgreSQL speaks. */
@NullMarked
package io.odin.persistence.postgres;

import org.jspecify.annotations.NullMarked;
