/** Shards of the workflow ids: ownership by leases, with fencing tokens. */
@NullMarked
package io.odin.persistence.shard;

import org.jspecify.annotations.NullMarked;
