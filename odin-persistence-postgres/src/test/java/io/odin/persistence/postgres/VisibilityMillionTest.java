package io.odin.persistence.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/**
 * How the standard queries find their page among a million runs (VI-27). Takes minutes, most of
 * which go into making the runs: the profile visibility-million includes it.
 */
@Tag("million")
@TestInstance(Lifecycle.PER_CLASS)
class VisibilityMillionTest {

  private static final int RUNS = 1_000_000;
  private static final int PAGE = 25;
  private static final int ROWS_TO_A_ROW = 20;

  private final PostgresTckDatabase database;
  private final PlanRecorder recorder;

  VisibilityMillionTest() {
    database = TestPostgres.V18.database();
    SchemaScript.INIT.run(database);
    recorder = new PlanRecorder(database);
    VisibilityData.add(database, RUNS);
    database.execute("VACUUM ANALYZE");
  }

  @AfterAll
  void removeDatabase() {
    recorder.close();
    database.close();
  }

  @TestFactory
  Stream<DynamicTest> standardQuery_usesItsIndexAndReadsLittle() {
    return Arrays.stream(StandardQuery.values())
        .map(query -> dynamicTest(query.name(), () -> assertFrugal(query)));
  }

  private void assertFrugal(StandardQuery query) {
    query.pages(PAGE).stream()
        .map(recorder::ofSearch)
        .forEach(
            plan -> {
              assertThat(plan.indexes()).as(plan.text()).contains(query.index());
              assertThat(plan.tablesReadWhole()).as(plan.text()).isEmpty();
              assertThat(plan.rowsRead())
                  .as("rows read by " + plan.text())
                  .isLessThanOrEqualTo(ROWS_TO_A_ROW * PAGE);
            });
  }
}
