/** The MySQL backend: its provider, its dialect, and the SQL that only MySQL speaks. */
@NullMarked
package io.odin.persistence.mysql;

import org.jspecify.annotations.NullMarked;
