/** The kits of {@link io.odin.persistence.history.HistoryStore}. */
@NullMarked
package io.odin.persistence.tck.history;

import org.jspecify.annotations.NullMarked;
