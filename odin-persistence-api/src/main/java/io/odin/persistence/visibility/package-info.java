/** Visibility: what lists, counts and searches runs. */
@NullMarked
package io.odin.persistence.visibility;

import org.jspecify.annotations.NullMarked;
