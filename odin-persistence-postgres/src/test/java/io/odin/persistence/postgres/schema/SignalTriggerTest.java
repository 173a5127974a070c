package io.odin.persistence.postgres.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.odin.persistence.Persistence;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.namespace.NamespaceSettings;
import io.odin.persistence.postgres.PostgresProvider;
import io.odin.persistence.postgres.PostgresTckDatabase;
import io.odin.persistence.postgres.TestPostgres;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.signal.NewSignal;
import io.odin.persistence.signal.SignalReceipt;
import io.odin.persistence.signal.SignalReceipt.Arrival;
import io.odin.persistence.signal.WorkflowSignal;
import io.odin.persistence.tck.harness.Concurrently;
import io.odin.persistence.value.Json;
import io.odin.persistence.value.PageRequest;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Signals that are inserted by hand keep to the rules of those that are sent. */
@TestInstance(Lifecycle.PER_CLASS)
class SignalTriggerTest {

  private final PostgresTckDatabase database = TestPostgres.V18.database();
  private final Persistence persistence;

  SignalTriggerTest() {
    SchemaScript.INIT.run(database);
    persistence = new PostgresProvider().open(database.config());
  }

  @AfterAll
  void removeDatabase() {
    persistence.close();
    database.close();
  }

  private RunKey openRun() {
    RunKey run = RunKey.create(NamespaceId.create(), "order-1");
    persistence
        .namespaces()
        .create(run.namespace(), "ns-" + run.namespace(), NamespaceSettings.defaults());
    database.execute(
        """
        INSERT INTO workflow_executions (namespace_id, workflow_id, run_id, workflow_type, task_queue, shard_id)
        VALUES (%s, 'OrderWorkflow', 'orders', 1)\
        """
            .formatted(key(run)));
    return run;
  }

  private static String key(RunKey run) {
    return "'%s', '%s', '%s'".formatted(run.namespace().value(), run.workflowId(), run.runId());
  }

  private void insert(RunKey run, String signalId, String onConflict) {
    database.execute(
        """
        INSERT INTO workflow_signals (namespace_id, workflow_id, run_id, signal_id, signal_name)
        VALUES (%s, '%s', 'cancel') %s\
        """
            .formatted(key(run), signalId, onConflict));
  }

  private SignalReceipt put(RunKey run, String signalId) {
    return persistence.signals().put(run, new NewSignal(signalId, "cancel", Json.emptyObject()));
  }

  private List<WorkflowSignal> pending(RunKey run) {
    return persistence.signals().pending(run, PageRequest.first(1000)).items();
  }

  @Test
  void insert_amongSignalsThatAreSent_leavesNoGap() {
    RunKey run = openRun();

    Concurrently.run(
            8,
            sender -> {
              for (int i = 0; i < 25; i++) {
                String id = sender + "-" + i;
                if (sender % 2 == 0) {
                  insert(run, id, "");
                } else {
                  put(run, id);
                }
              }
              return sender;
            })
        .allSucceeded();

    assertThat(pending(run))
        .extracting(WorkflowSignal::sequence)
        .isEqualTo(LongStream.rangeClosed(1, 200).boxed().toList());
  }

  @Test
  void insert_ofAnIdThatIsThere_usesNoNumber() {
    RunKey run = openRun();
    put(run, "s1");

    insert(run, "s1", "ON CONFLICT DO NOTHING");
    assertThatIllegalStateException().isThrownBy(() -> insert(run, "s1", ""));

    insert(run, "s2", "ON CONFLICT DO NOTHING");
    assertThat(put(run, "s2")).isEqualTo(new SignalReceipt(run, 2, Arrival.DUPLICATE));
    assertThat(put(run, "s3").sequence()).isEqualTo(3);
  }

  @Test
  void insert_toAClosedRun_isRefused() {
    RunKey run = openRun();
    database.execute(
        "UPDATE workflow_executions SET workflow_state = 'completed', completed_at = now()"
            + " WHERE run_id = '%s'".formatted(run.runId()));

    assertThatIllegalStateException()
        .isThrownBy(() -> insert(run, "s1", ""))
        .withMessageContaining("is closed (completed): it takes no signals");

    assertThat(pending(run)).isEmpty();
  }

  @Test
  void insert_whereThereIsNoRun_isNumberedToo() {
    RunKey missing = RunKey.create(NamespaceId.create(), "order-1");

    insert(missing, "s1", "");
    insert(missing, "s2", "");

    assertThat(pending(missing)).extracting(WorkflowSignal::sequence).containsExactly(1L, 2L);
  }
}
