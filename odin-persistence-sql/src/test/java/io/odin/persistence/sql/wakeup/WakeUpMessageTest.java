package io.odin.persistence.sql.wakeup;

import static org.assertj.core.api.Assertions.assertThat;

import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.sql.database.MessageChannel;
import io.odin.persistence.task.TaskQueue;
import io.odin.persistence.task.TaskType;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The texts that processes of all versions exchange. */
class WakeUpMessageTest {

  @Test
  void text_hasAFixedForm() {
    WakeUpMessage message = new WakeUpMessage(-1, Map.of(10L, 3));

    assertThat(message.text()).isEqualTo("1 ffffffffffffffff a=3");
    assertThat(WakeUpMessage.of("1 ffffffffffffffff a=3")).contains(message);
    assertThat(WakeUpMessage.of("1 0")).contains(new WakeUpMessage(0, Map.of()));
  }

  @Test
  void largestMessage_fits() {
    WakeUpMessage message =
        new WakeUpMessage(
            Long.MIN_VALUE,
            LongStream.range(0, WakeUpMessage.MAXIMUM_QUEUES)
                .boxed()
                .collect(Collectors.toMap(i -> Long.MIN_VALUE + i, i -> 999_999_999)));

    assertThat(message.text()).hasSizeLessThanOrEqualTo(MessageChannel.MAXIMUM_LENGTH);
    assertThat(WakeUpMessage.of(message.text())).contains(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "1 ",
        "2 a",
        "1 g",
        "1 a ",
        "1 a b",
        "1 a b=",
        "1 a b=-1",
        "1 a b=1,c=1",
        "1 12345678901234567",
        "1 a 12345678901234567=1",
        "1 a b=1234567890"
      })
  void textsOfOthers_areNoMessages(String text) {
    assertThat(WakeUpMessage.of(text)).isEmpty();
  }

  /** Processes of two versions have to agree. */
  @Test
  void hash_isTheSameInAllVersions() {
    NamespaceId namespace =
        new NamespaceId(UUID.fromString("0190b2c4-5d6e-7f80-8a9b-0c1d2e3f4a5b"));

    assertThat(QueueHash.of(new TaskQueue(namespace, "orders", TaskType.ACTIVITY)))
        .isNotEqualTo(QueueHash.of(new TaskQueue(namespace, "orders", TaskType.WORKFLOW)))
        .isEqualTo(7530472747965230318L);
  }
}
