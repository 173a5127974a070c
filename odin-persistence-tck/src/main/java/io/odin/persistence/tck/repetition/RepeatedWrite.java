package io.odin.persistence.tck.repetition;

import io.odin.persistence.Persistence;
import io.odin.persistence.error.Outcome;
import io.odin.persistence.error.PersistenceException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;

/**
 * A write of which the reply is lost, and which is sent again after others have acted on it.
 *
 * @param method the store and its method, with the types of its parameters
 * @param request a text in the request that makes the write last
 * @param send sends the write
 * @param effect reads what the write changes
 * @param others what others do with what was written
 * @param answer judges what the repetition returns
 * @param refusal judges what the repetition throws
 */
record RepeatedWrite(
    String method,
    String request,
    Function<Persistence, @Nullable Object> send,
    Supplier<Object> effect,
    Runnable others,
    Consumer<@Nullable Object> answer,
    Consumer<PersistenceException> refusal) {

  /** Any answer is right, and no refusal. */
  static RepeatedWrite of(
      String method,
      String request,
      Function<Persistence, @Nullable Object> send,
      Supplier<Object> effect) {
    return new RepeatedWrite(
        method,
        request,
        send,
        effect,
        () -> {},
        answer -> {},
        refusal -> Assertions.fail(method + " sent again is refused", refusal));
  }

  /** What others do before it is sent again. */
  RepeatedWrite then(Runnable action) {
    return new RepeatedWrite(method, request, send, effect, action, answer, refusal);
  }

  /** What the repetition returns. */
  RepeatedWrite answers(Consumer<@Nullable Object> expected) {
    return new RepeatedWrite(method, request, send, effect, others, expected, refusal);
  }

  /** The repetition is refused, and says that the write was applied. */
  RepeatedWrite saysApplied() {
    return new RepeatedWrite(
        method,
        request,
        send,
        effect,
        others,
        answer -> Assertions.fail(method + " sent again returns " + answer),
        refusal -> Assertions.assertThat(refusal.outcome()).isEqualTo(Outcome.APPLIED));
  }
}
