/** The kits of {@link io.odin.persistence.shard.ShardStore}: leases and fencing. */
@NullMarked
package io.odin.persistence.tck.shard;

import org.jspecify.annotations.NullMarked;
