/**
 * What can go wrong, told so that a caller learns one thing first: did it happen?
 *
 * <p>Every exception answers with {@link io.odin.persistence.error.PersistenceException#outcome()}
 * and {@link io.odin.persistence.error.PersistenceException#retry()}; the type and its accessors
 * say the rest.
 */
@NullMarked
package io.odin.persistence.error;

import org.jspecify.annotations.NullMarked;
