/** Retention over all shards and namespaces of a database. */
@NullMarked
package io.odin.persistence.cli.retention;

import org.jspecify.annotations.NullMarked;
