/** The identity of runs: keys, states, summaries and links to their parents. */
@NullMarked
package io.odin.persistence.run;

import org.jspecify.annotations.NullMarked;
