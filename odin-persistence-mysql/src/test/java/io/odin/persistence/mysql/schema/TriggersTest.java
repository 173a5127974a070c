package io.odin.persistence.mysql.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What plain statements of SQL users may leave out. */
class TriggersTest {

  private static final String SHOP = "UUID_TO_BIN('f47ac10b-58cc-4372-a567-0e02b2c3d479')";
  private static final String RUN = "UUID_TO_BIN('0b9e2a5c-6f0c-4c7e-9f0e-3f8f6f0f8a11')";

  @Test
  void namespaces_changedByHand_areNumbered() {
    try (SchemaDatabase database = SchemaDatabase.complete()) {
      database.execute(
          List.of(
              "INSERT INTO namespaces (namespace_name) VALUES ('a'), ('b')",
              "UPDATE namespaces SET retention_days = 90 WHERE namespace_name = 'a'",
              "UPDATE namespaces SET retention_days = 90 WHERE namespace_name = 'a'"));

      assertThat(
              database.column(
                  """
                  SELECT CONCAT_WS(' ', namespace_name, change_sequence, version) FROM namespaces
                   ORDER BY namespace_name\
                  """))
          .containsExactly("a 3 2", "b 2 1");
    }
  }

  @Test
  void tasks_withoutAnId_getRisingOnesBelowZero() {
    try (SchemaDatabase database = SchemaDatabase.complete()) {
      database.execute(
          List.of(
              """
              INSERT INTO task_queues (namespace_id, task_queue_name, task_queue_type, workflow_id, run_id)
              VALUES (%1$s, 'q', 'workflow', 'first', %2$s), (%1$s, 'q', 'workflow', 'second', %2$s)\
              """
                  .formatted(SHOP, RUN)));

      assertThat(database.column("SELECT workflow_id FROM task_queues ORDER BY task_id"))
          .containsExactly("first", "second");
      assertThat(database.column("SELECT task_id FROM task_queues WHERE task_id >= 0")).isEmpty();
      assertThat(database.column("SELECT block_id FROM task_id_sequence")).isEmpty();
    }
  }

  @Test
  void timers_withoutAShard_getThatOfTheRunOrOfTheWorkflow() {
    try (SchemaDatabase database = SchemaDatabase.complete()) {
      database.execute(
          List.of(
              run("here", 7),
              """
              INSERT INTO workflow_timers (namespace_id, workflow_id, run_id, timer_id, fire_at)
              VALUES (%1$s, 'here', %2$s, 't', UTC_TIMESTAMP(6)),
                     (%1$s, 'order-12345', %2$s, 't', UTC_TIMESTAMP(6))\
              """
                  .formatted(SHOP, RUN)));

      assertThat(database.column("SELECT shard_id FROM workflow_timers ORDER BY workflow_id"))
          .containsExactly("7", "342");
    }
  }

  @Test
  void signals_areNumberedInTheOrderOfArrival_andAClosedRunTakesNone() {
    String signal =
        """
        INSERT INTO workflow_signals (namespace_id, workflow_id, run_id, signal_id, signal_name)
        VALUES (%s, 'here', %s, 'NAME', 'n')\
        """
            .formatted(SHOP, RUN);
    try (SchemaDatabase database = SchemaDatabase.complete()) {
      database.execute(List.of(run("here", 7), signal.replace("NAME", "b")));
      assertThatThrownBy(() -> database.execute(List.of(signal.replace("NAME", "b"))))
          .hasMessageContaining("Duplicate entry");
      database.execute(List.of(signal.replace("NAME", "a")));

      assertThat(database.column("SELECT signal_sequence FROM workflow_signals ORDER BY signal_id"))
          .containsExactly("2", "1");
      assertThat(database.column("SELECT signal_sequence FROM workflow_executions"))
          .containsExactly("2");

      database.execute(
          List.of(
              """
              UPDATE workflow_executions
                 SET workflow_state = 'completed', completed_at = UTC_TIMESTAMP(6)\
              """));
      assertThatThrownBy(() -> database.execute(List.of(signal.replace("NAME", "c"))))
          .hasMessageContaining("is closed (completed): it takes no signals");
    }
  }

  private static String run(String workflow, int shard) {
    return """
    INSERT INTO workflow_executions (namespace_id, workflow_id, run_id, workflow_type, task_queue, shard_id)
    VALUES (%s, '%s', %s, 'Order', 'q', %d)\
    """
        .formatted(SHOP, workflow, RUN, shard);
  }
}
