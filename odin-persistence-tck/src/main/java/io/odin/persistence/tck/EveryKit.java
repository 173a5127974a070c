package io.odin.persistence.tck;

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

  /** Runs {@link LookAlikesTck}. */
  @Nested
  public class LookAlikes extends LookAlikesTck {}

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
