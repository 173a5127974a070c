/** One engine for every backend. */
@NullMarked
package io.odin.persistence.cli.engine;

import org.jspecify.annotations.NullMarked;
