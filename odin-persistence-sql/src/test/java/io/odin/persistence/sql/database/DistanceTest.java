package io.odin.persistence.sql.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DistanceTest {

  private final Distance distance = new Distance();

  private void measured(int... milliseconds) {
    for (int time : milliseconds) {
      distance.measured(Duration.ofMillis(time));
    }
  }

  @Test
  void roundTrip_isTheShortestOfTheLatestConnections() {
    assertThat(distance.roundTrip()).isZero();

    measured(5, 3, 4);
    assertThat(distance.roundTrip()).isEqualTo(Duration.ofMillis(3));

    measured(9, 9, 9, 9, 9, 9, 9, 8);
    assertThat(distance.roundTrip()).isEqualTo(Duration.ofMillis(8));
  }

  @Test
  void roundTrip_afterAConnectionThatMustBeTreatedAsNear_staysZero() {
    measured(5, 0, 5, 5, 5, 5, 5, 5, 5, 5, 5);
    assertThat(distance.roundTrip()).isZero();
  }

  @Test
  void roundTrip_whereTheFirstConnectionMustBeTreatedAsNear_staysZero() {
    measured(0, 5);
    assertThat(distance.roundTrip()).isZero();
  }
}
