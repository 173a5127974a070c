package io.odin.persistence.postgres;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.odin.persistence.Persistence;
import io.odin.persistence.PersistenceConfig;
import io.odin.persistence.error.BackendFailureException;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.namespace.NamespaceSettings;
import io.odin.persistence.task.PollRequest;
import io.odin.persistence.task.TaskQueue;
import io.odin.persistence.task.TaskType;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Rows that other programs have written, and that no store would. */
class StrangeRowsTest {

  @Test
  void read_ofARowThatBreaksARule_saysSo() {
    try (PostgresTckDatabase database = TestPostgres.V18.database()) {
      PersistenceConfig config = database.config();
      Persistence.schemaOf(config).migrate();
      NamespaceId namespace = new NamespaceId(UUID.randomUUID());
      database.execute(
          """
          INSERT INTO task_queues (namespace_id, task_queue_name, task_queue_type, workflow_id, run_id)
          VALUES ('%s', 'orders', 'workflow', '', gen_random_uuid())\
          """
              .formatted(namespace.value()));
      PollRequest poll =
          PollRequest.of(
              new TaskQueue(namespace, "orders", TaskType.WORKFLOW),
              "worker",
              Duration.ofMinutes(1),
              1);

      try (Persistence persistence = Persistence.open(config)) {
        persistence.namespaces().create(namespace, "orders", NamespaceSettings.defaults());
        assertThatThrownBy(() -> persistence.taskQueues().poll(poll))
            .isInstanceOf(BackendFailureException.class)
            .hasMessageContaining("a stored row breaks a rule of this library: workflowId");
      }
    }
  }
}
