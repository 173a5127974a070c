package io.odin.persistence.servers.process;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Actions that run when the JVM ends, by {@code System.exit} or by a signal: one after the other,
 * in the order in which they were added. (The JVM runs its own shutdown hooks all at once.)
 * Thread-safe.
 */
public final class AtExit {

  private static final Deque<Runnable> ACTIONS = new ArrayDeque<>();
  private static volatile boolean begun;

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(AtExit::runAll, "odin-at-exit"));
  }

  private AtExit() {}

  /**
   * Adds an action. It should end within seconds.
   *
   * @throws IllegalStateException if the JVM is ending already
   */
  public static void add(Runnable action) {
    synchronized (ACTIONS) {
      if (begun) {
        throw new IllegalStateException("the program is ending");
      }
      ACTIONS.addLast(action);
    }
  }

  /** Removes an action that is not needed any more. Idempotent. */
  public static void remove(Runnable action) {
    synchronized (ACTIONS) {
      ACTIONS.remove(action);
    }
  }

  /** Whether the JVM is ending. */
  public static boolean hasBegun() {
    return begun;
  }

  private static void runAll() {
    @Nullable RuntimeException failure = null;
    for (Runnable action = next(); action != null; action = next()) {
      try {
        action.run();
      } catch (RuntimeException e) {
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private static @Nullable Runnable next() {
    synchronized (ACTIONS) {
      begun = true;
      return ACTIONS.pollFirst();
    }
  }
}
