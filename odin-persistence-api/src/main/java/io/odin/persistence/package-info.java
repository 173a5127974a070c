/**
 * Entry point: {@link io.odin.persistence.Persistence#open} finds the backend on the class path and
 * returns its stores. The configuration, its limits and the observer of operations are here too.
 */
@NullMarked
package io.odin.persistence;

import org.jspecify.annotations.NullMarked;
