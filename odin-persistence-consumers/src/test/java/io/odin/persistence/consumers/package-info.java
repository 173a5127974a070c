/** Builds and starts applications that take the library as users do. */
@NullMarked
package io.odin.persistence.consumers;

import org.jspecify.annotations.NullMarked;
