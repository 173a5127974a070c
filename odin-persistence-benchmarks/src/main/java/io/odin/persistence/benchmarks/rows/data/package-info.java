/** What the rows work on: runs, queues, tasks and records, made before a row is measured. */
@NullMarked
package io.odin.persistence.benchmarks.rows.data;

import org.jspecify.annotations.NullMarked;
