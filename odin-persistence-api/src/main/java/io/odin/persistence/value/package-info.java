/** Values that all areas share: JSON, bytes, pages, ids and capabilities. */
@NullMarked
package io.odin.persistence.value;

import org.jspecify.annotations.NullMarked;
