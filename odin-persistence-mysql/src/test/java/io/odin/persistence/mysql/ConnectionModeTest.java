package io.odin.persistence.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import io.odin.persistence.Persistence;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.namespace.NamespaceSettings;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.shard.ShardAcquisition.Acquired;
import io.odin.persistence.shard.ShardLease;
import io.odin.persistence.task.NewTask;
import io.odin.persistence.task.PollRequest;
import io.odin.persistence.task.TaskQueue;
import io.odin.persistence.task.TaskType;
import io.odin.persistence.value.Json;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is sent on one connection for transactions, in addition to the statements. */
class ConnectionModeTest {

  private static final TaskQueue QUEUE =
      new TaskQueue(NamespaceId.create(), "orders", TaskType.ACTIVITY);

  private final MySqlTckDatabase database = TestMySql.database();
  private Persistence persistence;

  @BeforeEach
  void open() {
    Persistence.schemaOf(database.config()).migrate();
    persistence = Persistence.open(database.config().toBuilder().maximumPoolSize(1).build());
    persistence.namespaces().create(QUEUE.namespace(), "orders", NamespaceSettings.defaults());
  }

  @AfterEach
  void close() {
    persistence.close();
    database.close();
  }

  private void enqueue() {
    RunKey run = RunKey.create(QUEUE.namespace(), "w");
    persistence.taskQueues().enqueue(NewTask.of(QUEUE, run, Json.emptyObject()));
  }

  private void poll() {
    persistence.taskQueues().poll(PollRequest.of(QUEUE, "worker", Duration.ofMinutes(1), 1));
  }

  /** How many statements of a kind the server has had from the account of this database. */
  private long sent(String kind) {
    return TestMySql.numbers(
            """
            SELECT CAST(SUM(COUNT_STAR) AS SIGNED)
              FROM performance_schema.events_statements_summary_by_account_by_event_name
             WHERE EVENT_NAME = 'statement/sql/%s' AND USER = ?
            """
                .formatted(kind),
            database.config().credentials().get().username())
        .getFirst();
  }

  @Test
  void writeOfOneStatement_onAConnectionWithoutTransaction_commitsItself() {
    enqueue();
    long commits = sent("commit");
    long switches = sent("set_option");

    enqueue();
    enqueue();

    assertThat(sent("commit")).isEqualTo(commits);
    assertThat(sent("set_option")).isEqualTo(switches);
    assertThat(persistence.taskQueues().depth(QUEUE).ready()).isEqualTo(3);
  }

  @Test
  void writeOfOneStatement_onAConnectionLastUsedForATransaction_isOneToo() {
    enqueue();
    poll();
    long commits = sent("commit");
    long switches = sent("set_option");

    enqueue();
    enqueue();

    assertThat(sent("commit")).isEqualTo(commits + 2);
    assertThat(sent("set_option")).isEqualTo(switches);
    assertThat(persistence.taskQueues().depth(QUEUE).ready()).isEqualTo(2);
  }

  /**
   * Otherwise the write might be committed although the read fails and the caller gets an error.
   */
  @Test
  void renewal_whichReadsWhatItWrote_isATransactionOnAnyConnection() {
    ShardLease lease =
        ((Acquired) persistence.shards().acquire(1, "owner", Duration.ofMinutes(1))).lease();
    persistence.taskQueues().depth(QUEUE);
    long commits = sent("commit");

    persistence.shards().renew(lease, Duration.ofMinutes(2));

    assertThat(sent("commit")).isEqualTo(commits + 1);
  }

  @Test
  void readAndTransactionInTurn_changeTheModeEachTime() {
    enqueue();
    poll();
    long switches = sent("set_option");

    persistence.taskQueues().depth(QUEUE);
    persistence.taskQueues().depth(QUEUE);
    poll();
    poll();

    assertThat(sent("set_option")).isEqualTo(switches + 2);
  }
}
