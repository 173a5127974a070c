package io.odin.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.schedule.Schedule;
import io.odin.persistence.schedule.ScheduleDefinition;
import io.odin.persistence.schedule.ScheduleKey;
import io.odin.persistence.schedule.ScheduleSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Delays by a jitter. */
class ScheduleJitterTest {

  private static final Instant DUE = Instant.parse("2026-05-01T00:00:00Z");

  private static Schedule schedule(UUID id, Duration jitter) {
    return new Schedule(
        new ScheduleKey(new NamespaceId(new UUID(1, 1)), id),
        "daily",
        ScheduleDefinition.builder(ScheduleSpec.cron("@daily", "UTC"), "order", "orders")
            .jitter(jitter)
            .build(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(DUE),
        Optional.empty(),
        Optional.empty(),
        OptionalLong.empty(),
        List.of(),
        1,
        DUE);
  }

  private static Duration delay(UUID id, Instant dueAt, Duration jitter) {
    return Duration.between(dueAt, schedule(id, jitter).claimableAt(dueAt));
  }

  /** The delays are stored nowhere, so they must not change from release to release. */
  @Test
  void delay_isTheSameForEver() {
    UUID id = UUID.fromString("0190b2c4-0000-7000-8000-000000000001");
    assertThat(delay(id, DUE, Duration.ofHours(1))).isEqualTo(Duration.ofMillis(2165408));
    assertThat(delay(id, DUE.plus(Duration.ofDays(1)), Duration.ofHours(1)))
        .isEqualTo(Duration.ofMillis(381772));
  }

  @Test
  void delay_withoutJitter_isZero() {
    assertThat(delay(new UUID(6, 1), DUE, Duration.ZERO)).isZero();
  }

  @Test
  void delays_ofSchedulesAndOfDueTimes_areSpread() {
    assertSpread(LongStream.range(0, 1000).map(i -> millis(new UUID(6, i), DUE)));
    assertSpread(
        IntStream.range(0, 1000)
            .mapToLong(i -> millis(new UUID(6, 1), DUE.plus(Duration.ofDays(i)))));
  }

  private static long millis(UUID id, Instant dueAt) {
    return delay(id, dueAt, Duration.ofSeconds(10)).toMillis();
  }

  /** About as many in each tenth of the jitter, ten seconds. */
  private static void assertSpread(LongStream millis) {
    int[] tenths = new int[10];
    millis.forEach(delay -> tenths[(int) (delay / 1000)]++);
    for (int count : tenths) {
      assertThat(count).isBetween(60, 140);
    }
  }
}
