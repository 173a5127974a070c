/** Tests of retention over all shards. */
@NullMarked
package io.odin.persistence.cli.retention;

import org.jspecify.annotations.NullMarked;
