package io.odin.persistence.tck.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;

/** Runs actions at the same time, each on its own thread. */
public final class Concurrently {

  /** The default number of threads of a scenario under contention. */
  public static final int COMPETITORS = 16;

  private static final long TIMEOUT_SECONDS = 240;

  private Concurrently() {}

  /**
   * Runs the action on several threads that start together, and waits for all of them.
   *
   * @param action receives the index of its thread, 0 to threads - 1
   */
  public static <T> Outcomes<T> run(int threads, IntFunction<T> action) {
    CyclicBarrier start = new CyclicBarrier(threads);
    List<Future<T>> running = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      int index = i;
      running.add(
          start(
              () -> {
                start.await(TIMEOUT_SECONDS, TimeUnit.SECONDS);
                return action.apply(index);
              }));
    }
    List<T> results = new ArrayList<>();
    List<RuntimeException> failures = new ArrayList<>();
    for (Future<T> each : running) {
      try {
        results.add(resultOf(each));
      } catch (RuntimeException e) {
        failures.add(e);
      }
    }
    return new Outcomes<>(results, failures);
  }

  /** Runs two actions that start together, and waits for both. */
  public static Outcomes<Boolean> both(Runnable one, Runnable other) {
    List<Runnable> actions = List.of(one, other);
    return run(
        2,
        i -> {
          actions.get(i).run();
          return true;
        });
  }

  /** Starts an action in the background; {@link #resultOf} waits for it. */
  public static <T> Future<T> start(Callable<T> action) {
    FutureTask<T> task = new FutureTask<>(action);
    Thread.ofPlatform().daemon().name("odin-tck-", 0).start(task);
    return task;
  }

  /** Waits for a background action, and throws its exception if it failed. */
  public static <T> T resultOf(Future<T> action) {
    try {
      return action.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException thrown) {
        throw thrown;
      }
      throw new AssertionError(e.getCause());
    } catch (TimeoutException e) {
      action.cancel(true);
      throw new AssertionError("still not done after " + TIMEOUT_SECONDS + " seconds", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /**
   * The results and failures of concurrent actions.
   *
   * @param results the results of the actions that succeeded
   * @param failures the exceptions of the others
   */
  public record Outcomes<T>(List<T> results, List<RuntimeException> failures) {

    /** The only result; all other actions must have failed with the given type. */
    public <E extends RuntimeException> T onlyWinner(Class<E> losersGet) {
      losers(losersGet);
      assertThat(results).hasSize(1);
      return results.getFirst();
    }

    /** The failures, all of which must be of the given type. */
    public <E extends RuntimeException> List<E> losers(Class<E> type) {
      assertThat(failures).allSatisfy(failure -> assertThat(failure).isInstanceOf(type));
      return failures.stream().map(type::cast).toList();
    }

    /** The results; no action may have failed. */
    public List<T> allSucceeded() {
      assertThat(failures).isEmpty();
      return results;
    }
  }
}
