/** Shards: who owns which part of the workflows, with leases and fencing tokens. */
@NullMarked
package io.odin.persistence.shard;

import org.jspecify.annotations.NullMarked;
