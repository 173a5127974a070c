/** The rows of runs, and the current run of each workflow. */
@NullMarked
package io.odin.persistence.sql.run;

import org.jspecify.annotations.NullMarked;
