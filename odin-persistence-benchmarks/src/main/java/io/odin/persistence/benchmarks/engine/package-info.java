/** The databases that are measured: what the benchmarks have to do otherwise on each. */
@NullMarked
package io.odin.persistence.benchmarks.engine;

import org.jspecify.annotations.NullMarked;
