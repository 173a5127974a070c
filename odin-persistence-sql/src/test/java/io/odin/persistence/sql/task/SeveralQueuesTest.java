package io.odin.persistence.sql.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.odin.persistence.error.UnavailableException;
import io.odin.persistence.error.UnavailableException.Reason;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.task.LeasedTask;
import io.odin.persistence.task.PollRequest;
import io.odin.persistence.task.PolledTasks;
import io.odin.persistence.task.Task;
import io.odin.persistence.task.TaskKey;
import io.odin.persistence.task.TaskLease;
import io.odin.persistence.task.TaskQueue;
import io.odin.persistence.task.TaskType;
import io.odin.persistence.value.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How several queues share a poll. */
class SeveralQueuesTest {

  private static final Duration LEASE = Duration.ofMinutes(1);
  private static final int BYTES = 10_000_000;

  private final NamespaceId namespace = NamespaceId.create();
  private final List<TaskQueue> queues =
      IntStream.range(0, 3)
          .mapToObj(i -> new TaskQueue(namespace, "queue-" + i, TaskType.ACTIVITY))
          .toList();
  private final List<FirstReady> allReady =
      IntStream.range(0, 3).mapToObj(i -> new FirstReady(i, Duration.ZERO)).toList();
  private final List<PollRequest> polls = new ArrayList<>();

  private static LeasedTask task(PollRequest request) {
    TaskKey key = new TaskKey(request.queue(), 1);
    RunKey run = RunKey.create(request.queue().namespace(), "workflow");
    Task task = new Task(key, run, Json.emptyObject(), 3, Instant.EPOCH, Optional.empty());
    TaskLease lease =
        new TaskLease(key, UUID.randomUUID(), request.worker(), 1, Instant.EPOCH.plus(LEASE));
    return new LeasedTask(task, lease);
  }

  private static UnavailableException failure() {
    return new UnavailableException(Reason.CONNECTION, "down", new IllegalStateException());
  }

  @Test
  void poll_whenAQueueFailsAfterAnother_returnsWhatWasLeased() {
    SeveralQueues several =
        new SeveralQueues(
            some -> allReady,
            (request, bytes) -> {
              polls.add(request);
              if (polls.size() > 1) {
                throw failure();
              }
              return List.of(task(request));
            },
            BYTES);

    PolledTasks polled = several.poll(queues, "worker", LEASE, 10);

    assertThat(polled.tasks())
        .extracting(leased -> leased.task().key().queue())
        .containsExactly(queues.getFirst());
    assertThat(polls).as("no more polls after a failure").hasSize(2);
  }

  @Test
  void poll_whenTheFirstQueueFails_fails() {
    SeveralQueues several =
        new SeveralQueues(
            some -> allReady,
            (request, bytes) -> {
              throw failure();
            },
            BYTES);

    assertThatThrownBy(() -> several.poll(queues, "worker", LEASE, 10))
        .isInstanceOf(UnavailableException.class);
  }

  @Test
  void poll_sharesTheMaximum_andPollsOnlyWhatIsReady() {
    List<FirstReady> found =
        List.of(
            new FirstReady(2, Duration.ofSeconds(3)),
            new FirstReady(2, Duration.ZERO),
            new FirstReady(0, Duration.ZERO),
            new FirstReady(1, Duration.ofSeconds(1)));
    SeveralQueues several =
        new SeveralQueues(
            some -> found,
            (request, bytes) -> {
              polls.add(request);
              return List.of(task(request));
            },
            BYTES);

    several.poll(queues, "worker", LEASE, 10);

    assertThat(polls)
        .containsExactly(
            PollRequest.of(queues.get(0), "worker", LEASE, 5),
            PollRequest.of(queues.get(2), "worker", LEASE, 9));
    assertThat(several.nextReady(queues)).contains(Duration.ZERO);
  }
}
