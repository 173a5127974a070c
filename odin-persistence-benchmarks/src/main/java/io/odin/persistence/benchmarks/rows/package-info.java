/** What is measured: one class for each row of the table. */
@NullMarked
package io.odin.persistence.benchmarks.rows;

import org.jspecify.annotations.NullMarked;
