package io.odin.persistence.mysql;

import io.odin.persistence.tck.CommitAtomicityTck;
import io.odin.persistence.tck.CommitTck;
import io.odin.persistence.tck.ContentionTck;
import io.odin.persistence.tck.ExecutionStoreTck;
import io.odin.persistence.tck.HealthTck;
import io.odin.persistence.tck.HistoryImportTck;
import io.odin.persistence.tck.HistoryStoreTck;
import io.odin.persistence.tck.IdsTck;
import io.odin.persistence.tck.LostReplyTck;
import io.odin.persistence.tck.NamespaceStoreTck;
import io.odin.persistence.tck.NullArgumentsTck;
import io.odin.persistence.tck.OdinTck;
import io.odin.persistence.tck.PagingTck;
import io.odin.persistence.tck.QueryResultStoreTck;
import io.odin.persistence.tck.RetentionCrashTck;
import io.odin.persistence.tck.RetentionStoreTck;
import io.odin.persistence.tck.ScheduleClaimTck;
import io.odin.persistence.tck.ScheduleCommitTck;
import io.odin.persistence.tck.ScheduleHistoryTck;
import io.odin.persistence.tck.ScheduleStoreTck;
import io.odin.persistence.tck.ScheduleTimesTck;
import io.odin.persistence.tck.SessionTck;
import io.odin.persistence.tck.ShardFenceTck;
import io.odin.persistence.tck.ShardStoreTck;
import io.odin.persistence.tck.SignalStoreTck;
import io.odin.persistence.tck.SqlFunctionsTck;
import io.odin.persistence.tck.StartPolicyTck;
import io.odin.persistence.tck.TaskDeliveryTck;
import io.odin.persistence.tck.TaskLeaseTck;
import io.odin.persistence.tck.TaskQueueStoreTck;
import io.odin.persistence.tck.TimerStoreTck;
import io.odin.persistence.tck.TransactionTck;
import io.odin.persistence.tck.ValuesTck;
import io.odin.persistence.tck.VisibilityListTck;
import io.odin.persistence.tck.VisibilityQueryTck;
import io.odin.persistence.tck.VisibilityStoreTck;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The kit on MySQL. */
class MySqlTckTest {

  @RegisterExtension
  static final OdinTck tck = OdinTck.of(new MySqlProvider(), TestMySql::database);

  @Nested
  class Namespaces extends NamespaceStoreTck {}

  @Nested
  class Shards extends ShardStoreTck {}

  @Nested
  class ShardFence extends ShardFenceTck {}

  @Nested
  class Executions extends ExecutionStoreTck {}

  @Nested
  class StartPolicies extends StartPolicyTck {}

  @Nested
  class Commits extends CommitTck {}

  @Nested
  class CommitAtomicity extends CommitAtomicityTck {}

  @Nested
  class History extends HistoryStoreTck {}

  @Nested
  class HistoryImport extends HistoryImportTck {}

  @Nested
  class TaskQueues extends TaskQueueStoreTck {}

  @Nested
  class TaskDelivery extends TaskDeliveryTck {}

  @Nested
  class TaskLeases extends TaskLeaseTck {}

  @Nested
  class Timers extends TimerStoreTck {}

  @Nested
  class Signals extends SignalStoreTck {}

  @Nested
  class QueryResults extends QueryResultStoreTck {}

  @Nested
  class Visibility extends VisibilityStoreTck {}

  @Nested
  class VisibilityLists extends VisibilityListTck {}

  @Nested
  class VisibilityQueries extends VisibilityQueryTck {}

  @Nested
  class Schedules extends ScheduleStoreTck {}

  @Nested
  class ScheduleTimes extends ScheduleTimesTck {}

  @Nested
  class ScheduleClaims extends ScheduleClaimTck {}

  @Nested
  class ScheduleCommits extends ScheduleCommitTck {}

  @Nested
  class ScheduleHistories extends ScheduleHistoryTck {}

  @Nested
  class Retention extends RetentionStoreTck {}

  @Nested
  class RetentionCrashes extends RetentionCrashTck {}

  @Nested
  class Health extends HealthTck {}

  @Nested
  class Contention extends ContentionTck {}

  @Nested
  class Ids extends IdsTck {}

  @Nested
  class Values extends ValuesTck {}

  @Nested
  class Paging extends PagingTck {}

  @Nested
  class NullArguments extends NullArgumentsTck {}

  @Nested
  class Transactions extends TransactionTck {}

  @Nested
  class LostReplies extends LostReplyTck {}

  @Nested
  class Sessions extends SessionTck {}

  @Nested
  class SqlFunctions extends SqlFunctionsTck {}
}
