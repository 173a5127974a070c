/** The kit of {@link io.odin.persistence.query.QueryResultStore}. */
@NullMarked
package io.odin.persistence.tck.query;

import org.jspecify.annotations.NullMarked;
