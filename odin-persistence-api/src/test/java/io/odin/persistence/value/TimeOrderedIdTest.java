package io.odin.persistence.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TimeOrderedIdTest {

  @Test
  void next_isAUuidOfVersion7() {
    for (int i = 0; i < 1000; i++) {
      UUID id = TimeOrderedId.next();
      assertThat(id.version()).isEqualTo(7);
      assertThat(id.variant()).isEqualTo(2);
    }
  }

  @Test
  void next_bearsTheTime_inItsFirst48Bits() {
    long before = System.currentTimeMillis();
    UUID id = TimeOrderedId.next();
    long after = System.currentTimeMillis();
    assertThat(id.getMostSignificantBits() >>> 16).isBetween(before, after);
  }

  /** The databases compare UUIDs byte by byte, which is how their texts compare. */
  @Test
  void next_inALaterMillisecond_sortsAfter() {
    UUID earlier = TimeOrderedId.next();
    for (int i = 0; i < 5; i++) {
      UUID later = inALaterMillisecondThan(earlier);
      assertThat(later.toString()).isGreaterThan(earlier.toString());
      assertThat(later).isGreaterThan(earlier);
      earlier = later;
    }
  }

  private static UUID inALaterMillisecondThan(UUID earlier) {
    UUID id = TimeOrderedId.next();
    while (id.getMostSignificantBits() >>> 16 == earlier.getMostSignificantBits() >>> 16) {
      Thread.onSpinWait();
      id = TimeOrderedId.next();
    }
    return id;
  }

  @Test
  void next_isNeverTheSame() {
    Set<UUID> ids = new HashSet<>();
    for (int i = 0; i < 100_000; i++) {
      assertThat(ids.add(TimeOrderedId.next())).isTrue();
    }
  }
}
