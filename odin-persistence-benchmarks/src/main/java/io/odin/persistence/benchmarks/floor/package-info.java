/** The floor: the library's own statements on plain JDBC, prepared and bound by hand. */
@NullMarked
package io.odin.persistence.benchmarks.floor;

import org.jspecify.annotations.NullMarked;
