/** Visibility: lists, counts and searches of runs. */
@NullMarked
package io.odin.persistence.visibility;

import org.jspecify.annotations.NullMarked;
