package io.odin.persistence.tck;

import java.util.List;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Nested;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.ReflectionSupport;

/** The kits that every backend runs. */
final class Kits {

  /** All of them; a test compares the list with the classes of the package. */
  static final List<Class<? extends StoreTck>> ALL =
      List.of(
          NamespaceStoreTck.class,
          ShardStoreTck.class,
          ShardFenceTck.class,
          ExecutionStoreTck.class,
          StartPolicyTck.class,
          CommitTck.class,
          CommitAtomicityTck.class,
          HistoryStoreTck.class,
          HistoryImportTck.class,
          TaskQueueStoreTck.class,
          TaskDeliveryTck.class,
          TaskLeaseTck.class,
          TimerStoreTck.class,
          SignalStoreTck.class,
          QueryResultStoreTck.class,
          VisibilityStoreTck.class,
          VisibilityListTck.class,
          VisibilityQueryTck.class,
          ScheduleStoreTck.class,
          ScheduleTimesTck.class,
          ScheduleClaimTck.class,
          ScheduleCommitTck.class,
          ScheduleHistoryTck.class,
          RetentionStoreTck.class,
          RetentionCrashTck.class,
          HealthTck.class,
          ContentionTck.class,
          TransactionTck.class,
          LostReplyTck.class,
          SessionTck.class,
          SqlFunctionsTck.class,
          IdsTck.class,
          ValuesTck.class,
          PagingTck.class,
          NullArgumentsTck.class);

  private Kits() {}

  /** The kits that a test class does not nest, or nests and mutes. */
  static List<String> missingFrom(Class<?> testClass) {
    List<Class<?>> nested =
        ReflectionSupport.findNestedClasses(
            testClass,
            candidate ->
                AnnotationSupport.isAnnotated(candidate, Nested.class)
                    && !AnnotationSupport.isAnnotated(candidate, Disabled.class));
    return ALL.stream()
        .filter(kit -> nested.stream().noneMatch(kit::isAssignableFrom))
        .map(Class::getSimpleName)
        .toList();
  }
}
