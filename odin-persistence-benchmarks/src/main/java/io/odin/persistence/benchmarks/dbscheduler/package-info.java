/** The peer db-scheduler, on the rows that it can do. */
@NullMarked
package io.odin.persistence.benchmarks.dbscheduler;

import org.jspecify.annotations.NullMarked;
