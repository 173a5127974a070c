package io.odin.persistence.tck.crosscutting;

import static org.assertj.core.api.Assertions.assertThat;

import io.odin.persistence.Persistence;
import io.odin.persistence.error.InvalidRequestException;
import io.odin.persistence.execution.CreateMode;
import io.odin.persistence.history.EventRange;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.query.NewQuery;
import io.odin.persistence.query.QueryAnswer;
import io.odin.persistence.query.QueryCompletion;
import io.odin.persistence.query.QueryKey;
import io.odin.persistence.retention.Archiver;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.schedule.DueOutcome;
import io.odin.persistence.schedule.NewSchedule;
import io.odin.persistence.schedule.ScheduleKey;
import io.odin.persistence.schedule.ScheduleLease;
import io.odin.persistence.shard.ShardLease;
import io.odin.persistence.signal.NewSignal;
import io.odin.persistence.task.NewTask;
import io.odin.persistence.task.PollRequest;
import io.odin.persistence.task.TaskFailure;
import io.odin.persistence.task.TaskKey;
import io.odin.persistence.task.TaskLease;
import io.odin.persistence.task.TaskQueue;
import io.odin.persistence.task.TaskType;
import io.odin.persistence.tck.harness.Samples;
import io.odin.persistence.tck.harness.Scenario;
import io.odin.persistence.tck.harness.StoreTck;
import io.odin.persistence.value.Json;
import io.odin.persistence.value.PageRequest;
import io.odin.persistence.visibility.Tags;
import io.odin.persistence.visibility.query.VisibilityQuery;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Every method of every store refuses null, parameter by parameter. */
public abstract class NullArgumentsTck extends StoreTck {

  /** For backends. */
  protected NullArgumentsTck() {}

  @Test
  @Scenario("X-14")
  void everyMethod_withNull_namesTheParameter() throws ReflectiveOperationException {
    List<Object> samples = samples();
    List<String> faults = new ArrayList<>();
    int calls = 0;
    for (Method accessor : storeAccessors()) {
      Object store = accessor.invoke(persistence());
      for (Method method : accessor.getReturnType().getMethods()) {
        for (int i = 0; i < method.getParameterCount(); i++) {
          if (!method.getParameterTypes()[i].isPrimitive()) {
            @Nullable Object[] arguments = argumentsOf(method, samples);
            arguments[i] = null;
            calls++;
            faultOf(store, method, arguments)
                .ifPresent(
                    fault ->
                        faults.add(
                            method.getDeclaringClass().getSimpleName()
                                + "."
                                + method.getName()
                                + ": "
                                + fault));
          }
        }
      }
    }

    assertThat(faults).as("methods that accept null").isEmpty();
    assertThat(calls).isGreaterThan(50);
  }

  /** The methods of Persistence that return a store. */
  private static List<Method> storeAccessors() {
    return Arrays.stream(Persistence.class.getMethods())
        .filter(method -> method.getParameterCount() == 0)
        .filter(method -> method.getReturnType().getSimpleName().endsWith("Store"))
        .sorted(Comparator.comparing(Method::getName))
        .toList();
  }

  private static Optional<String> faultOf(
      Object store, Method method, @Nullable Object[] arguments) {
    String call = Arrays.toString(arguments);
    try {
      method.invoke(store, arguments);
      return Optional.of("succeeded with " + call);
    } catch (InvocationTargetException e) {
      return e.getCause() instanceof InvalidRequestException refusal && !refusal.field().isBlank()
          ? Optional.empty()
          : Optional.of(e.getCause() + " with " + call);
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }

  private static @Nullable Object[] argumentsOf(Method method, List<Object> samples) {
    return Arrays.stream(method.getParameterTypes())
        .map(type -> sampleOf(type, samples))
        .toArray(Object[]::new);
  }

  private static Object sampleOf(Class<?> type, List<Object> samples) {
    if (type == int.class) {
      return 1;
    }
    if (type == long.class) {
      return 1L;
    }
    if (type.isEnum()) {
      return type.getEnumConstants()[0];
    }
    return samples.stream()
        .filter(type::isInstance)
        .findFirst()
        .orElseThrow(
            () -> new AssertionError("add a " + type.getName() + " to the samples of this kit"));
  }

  /** One argument of every type that the stores take. */
  private List<Object> samples() {
    NamespaceId namespace = namespace();
    RunKey run = RunKey.create(namespace, newWorkflowId());
    ShardLease lease = acquireShardFor(run.workflowId());
    TaskQueue queue = new TaskQueue(namespace, "q", TaskType.WORKFLOW);
    return List.of(
        UUID.randomUUID(),
        "text",
        Duration.ofSeconds(1),
        Samples.STARTED,
        namespace,
        Samples.settings(),
        PageRequest.first(1),
        lease,
        run,
        run.workflow(),
        Samples.create(run, CreateMode.bypassCurrent()).build(),
        transaction(lease, Samples.create(run)).build(),
        EventRange.all(),
        queue,
        NewTask.of(queue, run, Json.emptyObject()),
        PollRequest.of(queue, "w", SHORT, 1),
        new TaskLease(new TaskKey(queue, 1), UUID.randomUUID(), "w", 1, Samples.ENDED),
        NewSignal.create("cancel", Json.emptyObject()),
        QueryKey.create(run),
        NewQuery.create(run, "status", Json.emptyObject(), SHORT),
        new QueryCompletion(QueryKey.create(run), QueryAnswer.error("broken")),
        Archiver.none(),
        new TaskFailure("reason", Duration.ZERO, 1),
        Samples.visibility(run).build(),
        Tags.of(Map.of("a", "b")),
        VisibilityQuery.all(),
        ScheduleKey.create(namespace),
        NewSchedule.of(ScheduleKey.create(namespace), "schedule", Samples.hourly()),
        Samples.hourly(),
        DueOutcome.skipped("reason"),
        new ScheduleLease(
            ScheduleKey.create(namespace),
            UUID.randomUUID(),
            "scheduler",
            Samples.STARTED,
            Optional.empty(),
            Samples.ENDED),
        List.of());
  }
}
