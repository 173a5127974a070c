package io.odin.persistence.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.odin.persistence.OperationObserver.Operation;
import io.odin.persistence.sql.database.Database;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** What is thrown, but is no failure of the database, is a failure to the observer as well. */
class ObservedFailuresTest {

  @Test
  void whateverIsThrown_isReportedAsAFailure() {
    ConcurrentLinkedQueue<Operation> operations = new ConcurrentLinkedQueue<>();
    try (PostgresTckDatabase empty = TestPostgres.V18.database();
        Database database =
            new Database(
                empty.config().toBuilder().observer(operations::add).build(),
                new PostgresDialect())) {
      for (Throwable thrown :
          List.of(new IllegalStateException("a defect"), new AssertionError("an Error"))) {
        operations.clear();

        Throwable caught =
            catchThrowable(
                () ->
                    database.transaction(
                        "test.failing",
                        session -> {
                          if (thrown instanceof Error error) {
                            throw error;
                          }
                          throw (RuntimeException) thrown;
                        }));

        assertThat(caught).isSameAs(thrown);
        assertThat(operations)
            .singleElement()
            .satisfies(operation -> assertThat(operation.failure().orElseThrow()).hasCause(thrown));
      }
    }
  }
}
