/** What a backend implements. */
@NullMarked
package io.odin.persistence.spi;

import org.jspecify.annotations.NullMarked;
