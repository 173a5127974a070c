/** The baseline: the library's own statements on plain JDBC, prepared and bound by hand. */
@NullMarked
package io.odin.persistence.benchmarks.baseline;

import org.jspecify.annotations.NullMarked;
