/**
 * Entry point: {@link io.odin.persistence.Persistence#open} finds the backend on the class path and
 * returns its stores. The value types that all areas share are here too.
 */
@NullMarked
package io.odin.persistence;

import org.jspecify.annotations.NullMarked;
