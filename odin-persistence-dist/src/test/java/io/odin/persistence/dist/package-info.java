/** Tests of the archives, after they were made. */
@NullMarked
package io.odin.persistence.dist;

import org.jspecify.annotations.NullMarked;
