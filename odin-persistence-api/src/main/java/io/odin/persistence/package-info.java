/**
 * The door: {@link io.odin.persistence.Persistence#open} finds the backend on the class path and
 * hands out its stores. The value types shared by all rooms live here too.
 */
@NullMarked
package io.odin.persistence;

import org.jspecify.annotations.NullMarked;
