package io.odin.persistence.cli.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.odin.persistence.OperationObserver.Operation;
import io.odin.persistence.error.PersistenceClosedException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OperationStatisticsTest {

  private final OperationStatistics statistics = new OperationStatistics();

  @Test
  void countsCallsFailuresAndRetries() {
    done(Duration.ofMillis(1), 1);
    done(Duration.ofMillis(1), 3);
    statistics.completed(
        new Operation(
            "taskQueues.poll",
            Duration.ofMillis(1),
            1,
            Optional.of(new PersistenceClosedException())));

    JsonNode row = row();

    assertThat(row.get("operation").asText()).isEqualTo("taskQueues.poll");
    assertThat(row.get("calls").asLong()).isEqualTo(3);
    assertThat(row.get("per_second").asLong()).isEqualTo(2);
    assertThat(row.get("failed").asLong()).isEqualTo(1);
    assertThat(row.get("retried").asLong()).isEqualTo(1);
  }

  @Test
  void quantilesAreWithinATwentieth() {
    for (int millis = 1; millis <= 1000; millis++) {
      done(Duration.ofMillis(millis), 1);
    }

    JsonNode row = row();

    assertThat(row.get("median_ms").asDouble()).isCloseTo(500, within(30.0));
    assertThat(row.get("p99_ms").asDouble()).isCloseTo(990, within(50.0));
    assertThat(row.get("max_ms").asDouble()).isEqualTo(1000);
  }

  private void done(Duration elapsed, int attempts) {
    statistics.completed(new Operation("taskQueues.poll", elapsed, attempts, Optional.empty()));
  }

  private JsonNode row() {
    return statistics.toTable(Duration.ofMillis(1500)).toJson().get(0);
  }
}
