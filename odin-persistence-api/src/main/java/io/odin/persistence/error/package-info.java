/**
 * The exceptions of all stores. Their first question is whether the operation was applied.
 *
 * <p>Every exception reports it as {@link
 * io.odin.persistence.error.PersistenceException#outcome()}, and what the caller may do as {@link
 * io.odin.persistence.error.PersistenceException#retry()}; the type and its accessors have the
 * details.
 */
@NullMarked
package io.odin.persistence.error;

import org.jspecify.annotations.NullMarked;
