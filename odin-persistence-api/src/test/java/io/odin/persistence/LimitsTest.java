package io.odin.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.odin.persistence.error.InvalidRequestException;
import io.odin.persistence.error.LimitExceededException;
import org.junit.jupiter.api.Test;

class LimitsTest {

  @Test
  void defaults_areWhatEveryBackendTakes() {
    assertThat(Limits.DEFAULTS)
        .isEqualTo(new Limits(2 << 20, 4 << 20, 8 << 20, 51_200, 64, 64, 255, 64 << 20, 16 << 20));
  }

  @Test
  void limits_canOnlyBeLowered() {
    Limits lowest =
        Limits.DEFAULTS
            .withBlobBytes(1)
            .withHistoryBatchBytes(2)
            .withExecutionStateBytes(3)
            .withHistoryEvents(4)
            .withTags(5)
            .withTagKeyLength(6)
            .withTagValueLength(7)
            .withRequestBytes(8)
            .withPageBytes(9);
    assertThat(lowest).isEqualTo(new Limits(1, 2, 3, 4, 5, 6, 7, 8, 9));
    assertRefused(() -> Limits.DEFAULTS.withBlobBytes((2 << 20) + 1), "blobBytes");
    assertRefused(() -> Limits.DEFAULTS.withHistoryBatchBytes((4 << 20) + 1), "historyBatchBytes");
    assertRefused(
        () -> Limits.DEFAULTS.withExecutionStateBytes((8 << 20) + 1), "executionStateBytes");
    assertRefused(() -> Limits.DEFAULTS.withHistoryEvents(51_201), "historyEvents");
    assertRefused(() -> Limits.DEFAULTS.withTags(65), "tags");
    assertRefused(() -> Limits.DEFAULTS.withTagKeyLength(65), "tagKeyLength");
    assertRefused(() -> Limits.DEFAULTS.withTagValueLength(256), "tagValueLength");
    assertRefused(() -> Limits.DEFAULTS.withRequestBytes((64 << 20) + 1), "requestBytes");
    assertRefused(() -> Limits.DEFAULTS.withPageBytes((16 << 20) + 1), "pageBytes");
    assertRefused(() -> Limits.DEFAULTS.withBlobBytes(0), "blobBytes");
  }

  private static void assertRefused(Runnable call, String field) {
    assertThatExceptionOfType(InvalidRequestException.class)
        .isThrownBy(call::run)
        .satisfies(refusal -> assertThat(refusal.field()).isEqualTo(field));
  }

  @Test
  void check_takesTheLimitItself() {
    assertThatCode(() -> Limits.check("blobBytes", 10, 10)).doesNotThrowAnyException();
    assertThatExceptionOfType(LimitExceededException.class)
        .isThrownBy(() -> Limits.check("blobBytes", 11, 10))
        .satisfies(
            refusal -> {
              assertThat(refusal.limit()).isEqualTo("blobBytes");
              assertThat(refusal.actual()).isEqualTo(11);
              assertThat(refusal.maximum()).isEqualTo(10);
            });
  }
}
