/** What the baseline does for a row: the library's statements, prepared and bound by hand. */
@NullMarked
package io.odin.persistence.benchmarks.rows.baseline;

import org.jspecify.annotations.NullMarked;
