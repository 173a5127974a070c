package io.odin.persistence.shard;

import io.odin.persistence.internal.Require;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The hash that assigns workflow ids to shards: the first four bytes, big-endian and unsigned, of
 * SHA-256 over {@code odin_orchestrator#v1.} and the id in UTF-8. The SQL function {@code
 * calculate_shard_id} computes the same.
 */
public final class ShardHash {

  private static final String DOMAIN = "odin_orchestrator#v1.";

  private ShardHash() {}

  /**
   * The shard of a workflow id.
   *
   * @param shardCount the number of shards, at least 1
   * @return 0 to shardCount - 1
   */
  public static int shardOf(String workflowId, int shardCount) {
    Require.id("workflowId", workflowId);
    Require.between("shardCount", shardCount, 1, Integer.MAX_VALUE);
    return (int) (hash(workflowId) % shardCount);
  }

  /**
   * The partition hash of a workflow id: the upper 31 bits of the hash, so that it does not depend
   * on the shard, which is taken from the lower ones.
   *
   * @return 0 to 2^31 - 1
   */
  public static int partitionHashOf(String workflowId) {
    return (int) (hash(Require.id("workflowId", workflowId)) >>> 1);
  }

  private static long hash(String workflowId) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest((DOMAIN + workflowId).getBytes(StandardCharsets.UTF_8));
      return Integer.toUnsignedLong(ByteBuffer.wrap(digest).getInt());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
