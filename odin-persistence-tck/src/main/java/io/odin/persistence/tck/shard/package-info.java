/**
 * The kits of {@link io.odin.persistence.shard.ShardStore} and of the fence that its leases are.
 */
@NullMarked
package io.odin.persistence.tck.shard;

import org.jspecify.annotations.NullMarked;
