package io.odin.persistence.tck;

import io.odin.persistence.tck.crosscutting.CallbacksTck;
import io.odin.persistence.tck.crosscutting.ConfusableIdsTck;
import io.odin.persistence.tck.crosscutting.ContentionTck;
import io.odin.persistence.tck.crosscutting.IdsTck;
import io.odin.persistence.tck.crosscutting.LostReplyTck;
import io.odin.persistence.tck.crosscutting.MuteServerTck;
import io.odin.persistence.tck.crosscutting.NullArgumentsTck;
import io.odin.persistence.tck.crosscutting.PagingTck;
import io.odin.persistence.tck.crosscutting.PartialOutcomesTck;
import io.odin.persistence.tck.crosscutting.SearchShareTck;
import io.odin.persistence.tck.crosscutting.TransactionTck;
import io.odin.persistence.tck.crosscutting.ValuesTck;
import io.odin.persistence.tck.execution.CommitAtomicityTck;
import io.odin.persistence.tck.execution.CommitTck;
import io.odin.persistence.tck.execution.ExecutionStoreTck;
import io.odin.persistence.tck.execution.ResetTck;
import io.odin.persistence.tck.execution.StartPolicyTck;
import io.odin.persistence.tck.execution.TakeOverTck;
import io.odin.persistence.tck.history.HistoryImportTck;
import io.odin.persistence.tck.history.HistoryStoreTck;
import io.odin.persistence.tck.limits.BytesTck;
import io.odin.persistence.tck.limits.LeaseBytesTck;
import io.odin.persistence.tck.limits.LengthLimitsTck;
import io.odin.persistence.tck.limits.PageBytesTck;
import io.odin.persistence.tck.limits.PayloadLimitsTck;
import io.odin.persistence.tck.limits.RequestBytesTck;
import io.odin.persistence.tck.namespace.NamespaceEndTck;
import io.odin.persistence.tck.namespace.NamespacePurgeTck;
import io.odin.persistence.tck.namespace.NamespaceStoreTck;
import io.odin.persistence.tck.operations.HealthTck;
import io.odin.persistence.tck.operations.SecretsTck;
import io.odin.persistence.tck.operations.SessionTck;
import io.odin.persistence.tck.operations.SqlFunctionsTck;
import io.odin.persistence.tck.query.QueryResultStoreTck;
import io.odin.persistence.tck.repetition.NamespaceRepetitionTck;
import io.odin.persistence.tck.repetition.QueueRepetitionTck;
import io.odin.persistence.tck.repetition.RunRepetitionTck;
import io.odin.persistence.tck.repetition.ScheduleRepetitionTck;
import io.odin.persistence.tck.retention.RetentionCrashTck;
import io.odin.persistence.tck.retention.RetentionStoreTck;
import io.odin.persistence.tck.schedule.ScheduleActionsTck;
import io.odin.persistence.tck.schedule.ScheduleClaimTck;
import io.odin.persistence.tck.schedule.ScheduleCommitTck;
import io.odin.persistence.tck.schedule.ScheduleHistoryTck;
import io.odin.persistence.tck.schedule.ScheduleJitterTck;
import io.odin.persistence.tck.schedule.ScheduleRequestsTck;
import io.odin.persistence.tck.schedule.ScheduleStoreTck;
import io.odin.persistence.tck.schedule.ScheduleTimesTck;
import io.odin.persistence.tck.shard.ShardFenceTck;
import io.odin.persistence.tck.shard.ShardRenewalTck;
import io.odin.persistence.tck.shard.ShardStoreTck;
import io.odin.persistence.tck.signal.SignalHandoverTck;
import io.odin.persistence.tck.signal.SignalStoreTck;
import io.odin.persistence.tck.task.SeveralQueuesTck;
import io.odin.persistence.tck.task.TaskDeliveryTck;
import io.odin.persistence.tck.task.TaskLeaseTck;
import io.odin.persistence.tck.task.TaskQueueStoreTck;
import io.odin.persistence.tck.task.TaskRepetitionTck;
import io.odin.persistence.tck.task.WakeUpsTck;
import io.odin.persistence.tck.timer.TimerStoreTck;
import io.odin.persistence.tck.timer.TimersOfShardsTck;
import io.odin.persistence.tck.visibility.QueryCorpusTck;
import io.odin.persistence.tck.visibility.SearchAttributesTck;
import io.odin.persistence.tck.visibility.TagsTck;
import io.odin.persistence.tck.visibility.VisibilityAgreementTck;
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

  /** Runs {@link NamespaceEndTck}. */
  @Nested
  public class NamespaceEnd extends NamespaceEndTck {}

  /** Runs {@link NamespacePurgeTck}. */
  @Nested
  public class NamespacePurge extends NamespacePurgeTck {}

  /** Runs {@link ShardStoreTck}. */
  @Nested
  public class Shards extends ShardStoreTck {}

  /** Runs {@link ShardRenewalTck}. */
  @Nested
  public class ShardRenewals extends ShardRenewalTck {}

  /** Runs {@link ShardFenceTck}. */
  @Nested
  public class ShardFence extends ShardFenceTck {}

  /** Runs {@link ExecutionStoreTck}. */
  @Nested
  public class Executions extends ExecutionStoreTck {}

  /** Runs {@link ResetTck}. */
  @Nested
  public class Resets extends ResetTck {}

  /** Runs {@link TakeOverTck}. */
  @Nested
  public class TakeOvers extends TakeOverTck {}

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

  /** Runs {@link SeveralQueuesTck}. */
  @Nested
  public class SeveralQueues extends SeveralQueuesTck {}

  /** Runs {@link WakeUpsTck}. */
  @Nested
  public class WakeUps extends WakeUpsTck {}

  /** Runs {@link TaskRepetitionTck}. */
  @Nested
  public class TaskRepetitions extends TaskRepetitionTck {}

  /** Runs {@link TaskLeaseTck}. */
  @Nested
  public class TaskLeases extends TaskLeaseTck {}

  /** Runs {@link TimerStoreTck}. */
  @Nested
  public class Timers extends TimerStoreTck {}

  /** Runs {@link TimersOfShardsTck}. */
  @Nested
  public class TimersOfShards extends TimersOfShardsTck {}

  /** Runs {@link SignalHandoverTck}. */
  @Nested
  public class SignalHandovers extends SignalHandoverTck {}

  /** Runs {@link SignalStoreTck}. */
  @Nested
  public class Signals extends SignalStoreTck {}

  /** Runs {@link QueryResultStoreTck}. */
  @Nested
  public class QueryResults extends QueryResultStoreTck {}

  /** Runs {@link VisibilityStoreTck}. */
  @Nested
  public class Visibility extends VisibilityStoreTck {}

  /** Runs {@link VisibilityAgreementTck}. */
  @Nested
  public class VisibilityAgreement extends VisibilityAgreementTck {}

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

  /** Runs {@link QueryCorpusTck}. */
  @Nested
  public class QueryCorpus extends QueryCorpusTck {}

  /** Runs {@link ScheduleStoreTck}. */
  @Nested
  public class Schedules extends ScheduleStoreTck {}

  /** Runs {@link ScheduleTimesTck}. */
  @Nested
  public class ScheduleTimes extends ScheduleTimesTck {}

  /** Runs {@link ScheduleJitterTck}. */
  @Nested
  public class ScheduleJitters extends ScheduleJitterTck {}

  /** Runs {@link ScheduleActionsTck}. */
  @Nested
  public class ScheduleActions extends ScheduleActionsTck {}

  /** Runs {@link ScheduleRequestsTck}. */
  @Nested
  public class ScheduleRequests extends ScheduleRequestsTck {}

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

  /** Runs {@link PayloadLimitsTck}. */
  @Nested
  public class PayloadLimits extends PayloadLimitsTck {}

  /** Runs {@link BytesTck}. */
  @Nested
  public class BytesPayloads extends BytesTck {}

  /** Runs {@link LengthLimitsTck}. */
  @Nested
  public class LengthLimits extends LengthLimitsTck {}

  /** Runs {@link RequestBytesTck}. */
  @Nested
  public class RequestBytes extends RequestBytesTck {}

  /** Runs {@link PageBytesTck}. */
  @Nested
  public class PageBytes extends PageBytesTck {}

  /** Runs {@link LeaseBytesTck}. */
  @Nested
  public class LeaseBytes extends LeaseBytesTck {}

  /** Runs {@link ValuesTck}. */
  @Nested
  public class Values extends ValuesTck {}

  /** Runs {@link PagingTck}. */
  @Nested
  public class Paging extends PagingTck {}

  /** Runs {@link NullArgumentsTck}. */
  @Nested
  public class NullArguments extends NullArgumentsTck {}

  /** Runs {@link SearchShareTck}. */
  @Nested
  public class SearchShare extends SearchShareTck {}

  /** Runs {@link TransactionTck}. */
  @Nested
  public class Transactions extends TransactionTck {}

  /** Runs {@link PartialOutcomesTck}. */
  @Nested
  public class PartialOutcomes extends PartialOutcomesTck {}

  /** Runs {@link CallbacksTck}. */
  @Nested
  public class Callbacks extends CallbacksTck {}

  /** Runs {@link NamespaceRepetitionTck}. */
  @Nested
  public class NamespaceRepetitions extends NamespaceRepetitionTck {}

  /** Runs {@link QueueRepetitionTck}. */
  @Nested
  public class QueueRepetitions extends QueueRepetitionTck {}

  /** Runs {@link RunRepetitionTck}. */
  @Nested
  public class RunRepetitions extends RunRepetitionTck {}

  /** Runs {@link ScheduleRepetitionTck}. */
  @Nested
  public class ScheduleRepetitions extends ScheduleRepetitionTck {}

  /** Runs {@link LostReplyTck}. */
  @Nested
  public class LostReplies extends LostReplyTck {}

  /** Runs {@link MuteServerTck}. */
  @Nested
  public class MuteServers extends MuteServerTck {}

  /** Runs {@link SessionTck}. */
  @Nested
  public class Sessions extends SessionTck {}

  /** Runs {@link SecretsTck}. */
  @Nested
  public class Secrets extends SecretsTck {}

  /** Runs {@link SqlFunctionsTck}. */
  @Nested
  public class SqlFunctions extends SqlFunctionsTck {}
}
