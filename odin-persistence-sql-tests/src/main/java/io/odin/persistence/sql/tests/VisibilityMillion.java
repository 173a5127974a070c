package io.odin.persistence.sql.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.odin.persistence.sql.database.Dialect;
import io.odin.persistence.sql.statement.Step;
import java.util.Arrays;
import java.util.stream.Stream;
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
public abstract class VisibilityMillion {

  /** How many runs a database's tests make. */
  protected static final int RUNS = 1_000_000;

  private static final int PAGE = 25;
  private static final int ROWS_TO_A_ROW = 20;

  private final Dialect dialect;

  /** For the tests of a dialect. */
  protected VisibilityMillion(Dialect dialect) {
    this.dialect = dialect;
  }

  /** How the server runs a query that a user has composed. */
  protected abstract Plan planOfSearch(Step search);

  @TestFactory
  Stream<DynamicTest> standardQuery_usesItsIndexAndReadsLittle() {
    return Arrays.stream(StandardQuery.values())
        .map(query -> dynamicTest(query.name(), () -> assertFrugal(query)));
  }

  private void assertFrugal(StandardQuery query) {
    query.pages(dialect, PAGE).stream()
        .map(this::planOfSearch)
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
