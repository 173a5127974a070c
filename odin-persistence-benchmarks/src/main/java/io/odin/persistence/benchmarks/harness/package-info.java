/**
 * How to measure: databases, workers, slices of time, round trips. Knows nothing of what is
 * measured.
 */
@NullMarked
package io.odin.persistence.benchmarks.harness;

import org.jspecify.annotations.NullMarked;
