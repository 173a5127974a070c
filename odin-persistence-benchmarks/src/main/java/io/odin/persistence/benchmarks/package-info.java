/** Benchmarks: the library against the same SQL on plain JDBC, and against other libraries. */
@NullMarked
package io.odin.persistence.benchmarks;

import org.jspecify.annotations.NullMarked;
