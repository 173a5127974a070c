package io.odin.persistence.mysql;

import io.odin.persistence.sql.SqlProvider;
import io.odin.persistence.tck.OdinTck;
import io.odin.persistence.tck.crosscutting.LostReplyTck;
import io.odin.persistence.tck.crosscutting.PartialOutcomesTck;
import io.odin.persistence.tck.crosscutting.TransactionTck;
import io.odin.persistence.tck.execution.CommitAtomicityTck;
import io.odin.persistence.tck.execution.CommitTck;
import io.odin.persistence.tck.execution.ExecutionStoreTck;
import io.odin.persistence.tck.execution.ResetTck;
import io.odin.persistence.tck.execution.StartPolicyTck;
import io.odin.persistence.tck.execution.TakeOverTck;
import io.odin.persistence.tck.repetition.QueueRepetitionTck;
import io.odin.persistence.tck.repetition.RunRepetitionTck;
import io.odin.persistence.tck.retention.RetentionStoreTck;
import io.odin.persistence.tck.schedule.ScheduleCommitTck;
import io.odin.persistence.tck.shard.ShardFenceTck;
import io.odin.persistence.tck.signal.SignalHandoverTck;
import io.odin.persistence.tck.signal.SignalStoreTck;
import io.odin.persistence.tck.task.TaskDeliveryTck;
import io.odin.persistence.tck.task.TaskLeaseTck;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The kits of what sends several statements, on MySQL, sent as to a server that is far. */
class FarMySqlTckTest {

  @RegisterExtension
  static final OdinTck tck = OdinTck.of(new FarProvider(), TestMySql::database);

  /** To which every server is far. */
  private static final class FarProvider extends SqlProvider {
    FarProvider() {
      super(new MySqlDialect(Duration.ZERO), new MySqlTasks());
    }
  }

  @Nested
  class LostReplies extends LostReplyTck {}

  @Nested
  class PartialOutcomes extends PartialOutcomesTck {}

  @Nested
  class Transactions extends TransactionTck {}

  @Nested
  class CommitAtomicity extends CommitAtomicityTck {}

  @Nested
  class Commits extends CommitTck {}

  @Nested
  class Executions extends ExecutionStoreTck {}

  @Nested
  class Resets extends ResetTck {}

  @Nested
  class StartPolicies extends StartPolicyTck {}

  @Nested
  class TakeOvers extends TakeOverTck {}

  @Nested
  class QueueRepetitions extends QueueRepetitionTck {}

  @Nested
  class RunRepetitions extends RunRepetitionTck {}

  @Nested
  class Retention extends RetentionStoreTck {}

  @Nested
  class ScheduleCommits extends ScheduleCommitTck {}

  @Nested
  class ShardFence extends ShardFenceTck {}

  @Nested
  class SignalHandovers extends SignalHandoverTck {}

  @Nested
  class Signals extends SignalStoreTck {}

  @Nested
  class TaskDelivery extends TaskDeliveryTck {}

  @Nested
  class TaskLeases extends TaskLeaseTck {}
}
