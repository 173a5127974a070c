/** The interfaces that backends and archives implement. */
@NullMarked
package io.odin.persistence.spi;

import org.jspecify.annotations.NullMarked;
