package io.odin.persistence.tck;

import io.odin.persistence.tck.crosscutting.ConfusableIdsTck;
import io.odin.persistence.tck.crosscutting.ContentionTck;
import io.odin.persistence.tck.crosscutting.IdsTck;
import io.odin.persistence.tck.crosscutting.LostReplyTck;
import io.odin.persistence.tck.crosscutting.NullArgumentsTck;
import io.odin.persistence.tck.crosscutting.PagingTck;
import io.odin.persistence.tck.crosscutting.TransactionTck;
import io.odin.persistence.tck.crosscutting.ValuesTck;
import io.odin.persistence.tck.execution.CommitAtomicityTck;
import io.odin.persistence.tck.execution.CommitTck;
import io.odin.persistence.tck.execution.ExecutionStoreTck;
import io.odin.persistence.tck.execution.StartPolicyTck;
import io.odin.persistence.tck.history.HistoryImportTck;
import io.odin.persistence.tck.history.HistoryStoreTck;
import io.odin.persistence.tck.namespace.NamespaceStoreTck;
import io.odin.persistence.tck.operations.HealthTck;
import io.odin.persistence.tck.operations.SessionTck;
import io.odin.persistence.tck.operations.SqlFunctionsTck;
import io.odin.persistence.tck.query.QueryResultStoreTck;
import io.odin.persistence.tck.retention.RetentionCrashTck;
import io.odin.persistence.tck.retention.RetentionStoreTck;
import io.odin.persistence.tck.schedule.ScheduleClaimTck;
import io.odin.persistence.tck.schedule.ScheduleCommitTck;
import io.odin.persistence.tck.schedule.ScheduleHistoryTck;
import io.odin.persistence.tck.schedule.ScheduleStoreTck;
import io.odin.persistence.tck.schedule.ScheduleTimesTck;
import io.odin.persistence.tck.shard.ShardFenceTck;
import io.odin.persistence.tck.shard.ShardStoreTck;
import io.odin.persistence.tck.signal.SignalStoreTck;
import io.odin.persistence.tck.task.TaskDeliveryTck;
import io.odin.persistence.tck.task.TaskLeaseTck;
import io.odin.persistence.tck.task.TaskQueueStoreTck;
import io.odin.persistence.tck.timer.TimerStoreTck;
import io.odin.persistence.tck.visibility.SearchAttributesTck;
import io.odin.persistence.tck.visibility.TagsTck;
import io.odin.persistence.tck.visibility.VisibilityListTck;
import io.odin.persistence.tck.visibility.VisibilityQueryTck;
import io.odin.persistence.tck.visibility.VisibilityStoreTck;
import org.junit.jupiter.api.Nested;

/**
 * Every kit, for a backend's test class to extend:
 *
 * <pre>{@code
 * class PostgresTckTest extends EveryKit {
 *   @RegisterExtension
 *   static final OdinTck tck = OdinTck.of(new PostgresProvider(), TestPostgres::database);
 * }
 * }</pre>
 */
public abstract class EveryKit {

  /** Runs {@link NamespaceStoreTck}. */
  @Nested
  public class Namespaces extends NamespaceStoreTck {}

  /** Runs {@link ShardStoreTck}. */
  @Nested
  public class Shards extends ShardStoreTck {}

  /** Runs {@link ShardFenceTck}. */
  @Nested
  public class ShardFence extends ShardFenceTck {}

  /** Runs {@link ExecutionStoreTck}. */
  @Nested
  public class Executions extends ExecutionStoreTck {}

  /** Runs {@link StartPolicyTck}. */
  @Nested
  public class StartPolicies extends StartPolicyTck {}

  /** Runs {@link CommitTck}. */
  @Nested
  public class Commits extends CommitTck {}

  /** Runs {@link CommitAtomicityTck}. */
  @Nested
  public class CommitAtomicity extends CommitAtomicityTck {}

  /** Runs {@link HistoryStoreTck}. */
  @Nested
  public class History extends HistoryStoreTck {}

  /** Runs {@link HistoryImportTck}. */
  @Nested
  public class HistoryImport extends HistoryImportTck {}

  /** Runs {@link TaskQueueStoreTck}. */
  @Nested
  public class TaskQueues extends TaskQueueStoreTck {}

  /** Runs {@link TaskDeliveryTck}. */
  @Nested
  public class TaskDelivery extends TaskDeliveryTck {}

  /** Runs {@link TaskLeaseTck}. */
  @Nested
  public class TaskLeases extends TaskLeaseTck {}

  /** Runs {@link TimerStoreTck}. */
  @Nested
  public class Timers extends TimerStoreTck {}

  /** Runs {@link SignalStoreTck}. */
  @Nested
  public class Signals extends SignalStoreTck {}

  /** Runs {@link QueryResultStoreTck}. */
  @Nested
  public class QueryResults extends QueryResultStoreTck {}

  /** Runs {@link VisibilityStoreTck}. */
  @Nested
  public class Visibility extends VisibilityStoreTck {}

  /** Runs {@link TagsTck}. */
  @Nested
  public class Tagging extends TagsTck {}

  /** Runs {@link SearchAttributesTck}. */
  @Nested
  public class Attributes extends SearchAttributesTck {}

  /** Runs {@link VisibilityListTck}. */
  @Nested
  public class VisibilityLists extends VisibilityListTck {}

  /** Runs {@link VisibilityQueryTck}. */
  @Nested
  public class VisibilityQueries extends VisibilityQueryTck {}

  /** Runs {@link ScheduleStoreTck}. */
  @Nested
  public class Schedules extends ScheduleStoreTck {}

  /** Runs {@link ScheduleTimesTck}. */
  @Nested
  public class ScheduleTimes extends ScheduleTimesTck {}

  /** Runs {@link ScheduleClaimTck}. */
  @Nested
  public class ScheduleClaims extends ScheduleClaimTck {}

  /** Runs {@link ScheduleCommitTck}. */
  @Nested
  public class ScheduleCommits extends ScheduleCommitTck {}

  /** Runs {@link ScheduleHistoryTck}. */
  @Nested
  public class ScheduleHistories extends ScheduleHistoryTck {}

  /** Runs {@link RetentionStoreTck}. */
  @Nested
  public class Retention extends RetentionStoreTck {}

  /** Runs {@link RetentionCrashTck}. */
  @Nested
  public class RetentionCrashes extends RetentionCrashTck {}

  /** Runs {@link HealthTck}. */
  @Nested
  public class Health extends HealthTck {}

  /** Runs {@link ContentionTck}. */
  @Nested
  public class Contention extends ContentionTck {}

  /** Runs {@link IdsTck}. */
  @Nested
  public class Ids extends IdsTck {}

  /** Runs {@link ConfusableIdsTck}. */
  @Nested
  public class ConfusableIds extends ConfusableIdsTck {}

  /** Runs {@link ValuesTck}. */
  @Nested
  public class Values extends ValuesTck {}

  /** Runs {@link PagingTck}. */
  @Nested
  public class Paging extends PagingTck {}

  /** Runs {@link NullArgumentsTck}. */
  @Nested
  public class NullArguments extends NullArgumentsTck {}

  /** Runs {@link TransactionTck}. */
  @Nested
  public class Transactions extends TransactionTck {}

  /** Runs {@link LostReplyTck}. */
  @Nested
  public class LostReplies extends LostReplyTck {}

  /** Runs {@link SessionTck}. */
  @Nested
  public class Sessions extends SessionTck {}

  /** Runs {@link SqlFunctionsTck}. */
  @Nested
  public class SqlFunctions extends SqlFunctionsTck {}
}
