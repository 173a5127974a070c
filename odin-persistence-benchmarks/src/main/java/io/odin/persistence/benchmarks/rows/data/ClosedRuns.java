package io.odin.persistence.benchmarks.rows.data;

import io.odin.persistence.Persistence;
import io.odin.persistence.benchmarks.harness.Database;
import io.odin.persistence.run.WorkflowState;
import io.odin.persistence.visibility.SearchAttributes;
import io.odin.persistence.visibility.VisibilityRecord;
import io.odin.persistence.visibility.query.AttributeType;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.LongStream;

/** Records of runs that have closed, to find some among. */
public final class ClosedRuns {

  public static final long COUNT = 7_500;
  public static final Map<String, AttributeType> ATTRIBUTES =
      Map.of("CustomerId", AttributeType.KEYWORD, "Amount", AttributeType.INT);

  /** How many values an attribute has; runs with the same are that far apart. */
  public static final int CUSTOMERS = 250;

  private static final int TYPES = 10;
  private static final Duration TAKEN = Duration.ofMinutes(1);

  private ClosedRuns() {}

  /** Makes the records and registers their attributes. */
  public static void show(Database database) throws SQLException {
    try (Persistence persistence = Persistence.open(database.config().build())) {
      ATTRIBUTES.forEach(
          (name, type) -> persistence.visibility().registerAttribute(Sample.NAMESPACE, name, type));
      LongStream.range(0, COUNT)
          .parallel()
          .forEach(number -> persistence.visibility().upsert(record(number), 1));
    }
    database.settle();
  }

  public static String type(long number) {
    return "Type" + number % TYPES;
  }

  public static String customer(long number) {
    return "customer-" + number % CUSTOMERS;
  }

  private static VisibilityRecord record(long number) {
    Instant started = Findable.STARTED.plusSeconds(number);
    return VisibilityRecord.builder(
            Runs.key(number), type(number), Sample.WORKFLOWS.name(), started)
        .closed(WorkflowState.COMPLETED, started.plus(TAKEN))
        .historyLength(10)
        .searchAttributes(
            SearchAttributes.builder()
                .keyword("CustomerId", customer(number))
                .integer("Amount", number)
                .build())
        .build();
  }
}
