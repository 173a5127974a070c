/** The store of shards, and the fence that lets only the owner of a shard write to it. */
@NullMarked
package io.odin.persistence.sql.shard;

import org.jspecify.annotations.NullMarked;
