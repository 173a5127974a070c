package io.odin.persistence.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.odin.persistence.error.InvalidRequestException;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ShardHashTest {

  /** Computed once by another program. They never change: stored rows depend on them. */
  static Stream<Arguments> vectors() {
    return Stream.of(
        Arguments.of("order-12345", 342, 1),
        Arguments.of("a", 331, 0),
        Arguments.of("A", 46, 4),
        Arguments.of("a ", 142, 5),
        Arguments.of("\u00d6rder-1", 278, 3),
        Arguments.of("\uD83D\uDE00", 205, 5),
        Arguments.of("x".repeat(255), 73, 2),
        Arguments.of("workflow/with:odd chars", 136, 1),
        Arguments.of("\u65e5\u672c\u8a9e-\u6ce8\u6587-1", 245, 6));
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void shardOf_isStable(String workflowId, int of512, int of7) {
    assertThat(ShardHash.shardOf(workflowId, 512)).isEqualTo(of512);
    assertThat(ShardHash.shardOf(workflowId, 7)).isEqualTo(of7);
    assertThat(ShardHash.shardOf(workflowId, 1)).isZero();
  }

  /** The hash's upper 31 bits; the nine lower ones of its 32 are the shard of 512. */
  @ParameterizedTest
  @MethodSource("vectors")
  void partitionHashOf_isTheSameHashWithoutItsLowestBit(String workflowId, int of512, int of7) {
    int partitionHash = ShardHash.partitionHashOf(workflowId);
    assertThat(partitionHash).isNotNegative();
    assertThat(partitionHash & 0xFF).isEqualTo(of512 >>> 1);
    long hash = ((long) partitionHash << 1) | (of512 & 1);
    assertThat(hash % 7).isEqualTo(of7);
  }

  @Test
  void partitionHashOf_isStable() {
    assertThat(ShardHash.partitionHashOf("order-12345")).isEqualTo(1_061_233_835);
  }

  @Test
  void shardOf_spreadsEvenly() {
    int[] counts = new int[512];
    IntStream.range(0, 51_200).forEach(i -> counts[ShardHash.shardOf("workflow-" + i, 512)]++);
    // 100 each on average; six standard deviations to either side.
    assertThat(Arrays.stream(counts).min().orElseThrow()).isGreaterThan(40);
    assertThat(Arrays.stream(counts).max().orElseThrow()).isLessThan(160);
  }

  @Test
  void badArguments_areRefused() {
    assertThatExceptionOfType(InvalidRequestException.class)
        .isThrownBy(() -> ShardHash.shardOf("", 512))
        .withMessageStartingWith("workflowId is empty");
    assertThatExceptionOfType(InvalidRequestException.class)
        .isThrownBy(() -> ShardHash.shardOf("a", 0))
        .withMessageStartingWith("shardCount is 0");
    assertThatExceptionOfType(InvalidRequestException.class)
        .isThrownBy(() -> ShardHash.partitionHashOf(""))
        .withMessageStartingWith("workflowId is empty");
  }
}
