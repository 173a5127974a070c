/** What a backend implements and uses: the provider, and the check of sizes. */
@NullMarked
package io.odin.persistence.spi;

import org.jspecify.annotations.NullMarked;
