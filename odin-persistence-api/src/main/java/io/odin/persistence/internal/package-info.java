/**
 * Internal: code that the packages of this module share. Not part of the API; may change without
 * notice.
 */
@NullMarked
package io.odin.persistence.internal;

import org.jspecify.annotations.NullMarked;
