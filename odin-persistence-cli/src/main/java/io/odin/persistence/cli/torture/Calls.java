package io.odin.persistence.cli.torture;

import io.odin.persistence.cli.torture.Ledger.Reply;
import io.odin.persistence.cli.torture.Ledger.Verdict;
import io.odin.persistence.error.BackendFailureException;
import io.odin.persistence.error.Outcome;
import io.odin.persistence.error.PersistenceException;
import io.odin.persistence.error.Retry;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Sends requests as the contract asks of a caller: the same request again while the answer says so,
 * until the outcome is known. Thread-safe.
 */
final class Calls {

  private static final Duration PAUSE = Duration.ofMillis(50);

  private final Ledger ledger;
  private final Duration longest;

  /**
   * Calls that are written to a ledger.
   *
   * @param longest a call that takes longer hangs
   */
  Calls(Ledger ledger, Duration longest) {
    this.ledger = ledger;
    this.longest = longest;
  }

  /** How a request ended. */
  sealed interface Answer<T> {

    /** It was applied, with this result. */
    record Applied<T>(T result) implements Answer<T> {}

    /** It was refused, and has not been applied. */
    record Refused<T>(PersistenceException reason) implements Answer<T> {}
  }

  /** Sends a write until its outcome is known and it is not worth sending again. */
  <T> Answer<T> settle(String name, Supplier<T> write) {
    boolean unknown = false;
    while (true) {
      try {
        T result = timed(name, write);
        ledger.answered(unknown ? Reply.APPLIED_AFTER_UNKNOWN : Reply.APPLIED);
        return new Answer.Applied<>(result);
      } catch (PersistenceException e) {
        boolean isUnknown = e.outcome() != Outcome.NOT_APPLIED;
        ledger.answered(isUnknown ? Reply.UNKNOWN : Reply.NOT_APPLIED);
        unknown |= isUnknown;
        if (e.retry() != Retry.SAME_REQUEST) {
          if (e.retry() == Retry.NEVER && isBroken(e)) {
            ledger.found(Verdict.FAULT, name + ": " + e);
          }
          return new Answer.Refused<>(e);
        }
      }
      pause();
    }
  }

  /** Sends a write once. */
  <T> Answer<T> once(String name, Supplier<T> write) {
    try {
      T result = timed(name, write);
      ledger.answered(Reply.APPLIED);
      return new Answer.Applied<>(result);
    } catch (PersistenceException e) {
      ledger.answered(e.outcome() == Outcome.NOT_APPLIED ? Reply.NOT_APPLIED : Reply.UNKNOWN);
      return new Answer.Refused<>(e);
    }
  }

  /** Reads, again and again while the database is not available. */
  <T> T read(String name, Supplier<T> read) {
    while (true) {
      try {
        return timed(name, read);
      } catch (PersistenceException e) {
        if (e.retry() != Retry.SAME_REQUEST) {
          throw e;
        }
      }
      pause();
    }
  }

  /** What a server that is away may be reported as, but never as a lasting failure. */
  private static boolean isBroken(PersistenceException e) {
    return e instanceof BackendFailureException;
  }

  private <T> T timed(String name, Supplier<T> call) {
    long start = System.nanoTime();
    try {
      return call.get();
    } finally {
      ledger.took(name, Duration.ofNanos(System.nanoTime() - start), longest);
    }
  }

  private static void pause() {
    LockSupport.parkNanos(PAUSE.toNanos());
  }
}
