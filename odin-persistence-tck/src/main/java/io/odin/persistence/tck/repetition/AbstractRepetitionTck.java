package io.odin.persistence.tck.repetition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.odin.persistence.Persistence;
import io.odin.persistence.error.OutcomeUnknownException;
import io.odin.persistence.error.PersistenceException;
import io.odin.persistence.error.Retry;
import io.odin.persistence.tck.crosscutting.FaultyProxy;
import io.odin.persistence.tck.harness.Concurrently;
import io.odin.persistence.tck.harness.Scenario;
import io.odin.persistence.tck.harness.StoreTck;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * A table of all writes of some stores. A method that is neither in it, nor a read, nor named with
 * the reason why its repetition is not recognized, fails the kit.
 */
abstract class AbstractRepetitionTck extends StoreTck {

  private static final Duration LOST = Duration.ofSeconds(2);

  /** The stores whose writes are in the table. */
  abstract Set<Class<?>> stores();

  /** The methods that write nothing, by their names. */
  abstract Set<String> reads();

  /** The methods whose repetition is another request, with the reason. */
  abstract Map<String, String> exceptions();

  /** The table; each row is independent of the others. */
  abstract List<RepeatedWrite> writes();

  @Test
  @Scenario("TX-18")
  void table_hasEveryMethod() {
    Set<String> named =
        Stream.of(
                writes().stream().map(RepeatedWrite::method),
                exceptions().keySet().stream(),
                stores().stream().flatMap(AbstractRepetitionTck::methods).filter(this::isRead))
            .flatMap(names -> names)
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(named)
        .isEqualTo(
            stores().stream()
                .flatMap(AbstractRepetitionTck::methods)
                .collect(Collectors.toCollection(TreeSet::new)));
  }

  private boolean isRead(String method) {
    return reads().contains(method.substring(method.indexOf('.') + 1, method.indexOf('(')));
  }

  private static Stream<String> methods(Class<?> store) {
    return Arrays.stream(store.getMethods()).map(AbstractRepetitionTck::nameOf);
  }

  private static String nameOf(Method method) {
    return Arrays.stream(method.getParameterTypes())
        .map(Class::getSimpleName)
        .collect(
            Collectors.joining(
                ", ",
                method.getDeclaringClass().getSimpleName() + "." + method.getName() + "(",
                ")"));
  }

  @Test
  @Scenario("TX-18")
  void everyWrite_sentAgainAfterOthersHaveActed_hasOneEffectAndATrueAnswer() {
    for (RepeatedWrite write : writes()) {
      // For each write: a driver that has committed before sends no text with its next commit.
      try (FaultyProxy proxy = FaultyProxy.to(database().address());
          Persistence stores = open(proxy)) {
        loseReply(proxy, stores, write);
        write.others().run();
        Object applied = write.effect().get();

        sendAgain(stores, write);

        assertThat(write.effect().get())
            .as("effect of %s sent again", write.method())
            .isEqualTo(applied);
      }
    }
  }

  private Persistence open(FaultyProxy proxy) {
    return provider()
        .open(
            database().configAt(proxy.address()).toBuilder()
                .shardCount(persistence().shardCount())
                .maximumPoolSize(2)
                .connectionTimeout(LOST)
                .lockTimeout(Duration.ofSeconds(20))
                .build());
  }

  private static void loseReply(FaultyProxy proxy, Persistence stores, RepeatedWrite write) {
    Object before = write.effect().get();
    proxy.loseReplyTo(write.request());
    Future<Optional<Object>> reply =
        Concurrently.start(() -> Optional.ofNullable(write.send().apply(stores)));
    await().alias(write.method()).until(() -> !write.effect().get().equals(before));
    await().alias(write.method()).until(proxy::hasTriggered);
    proxy.cut();
    Throwable lost = catchThrowable(() -> Concurrently.resultOf(reply));
    // A commit finds out by itself.
    if (lost != null) {
      assertThat(lost).as(write.method()).isInstanceOf(OutcomeUnknownException.class);
      assertThat(((OutcomeUnknownException) lost).retry()).isEqualTo(Retry.SAME_REQUEST);
    }
  }

  private static void sendAgain(Persistence stores, RepeatedWrite write) {
    AtomicReference<@Nullable Object> answer = new AtomicReference<>();
    Throwable thrown = catchThrowable(() -> answer.set(write.send().apply(stores)));
    if (thrown == null) {
      write.answer().accept(answer.get());
    } else {
      assertThat(thrown).as(write.method()).isInstanceOf(PersistenceException.class);
      write.refusal().accept((PersistenceException) thrown);
    }
  }
}
