package io.odin.persistence.sql.wakeup;

import io.odin.persistence.sql.database.MessageChannel;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What processes send each other: how many tasks were added to which queues. As a text it is the
 * number of the form, the sender, and for each queue its hash and the number of tasks:
 *
 * <pre>{@code 1 5f0c… 9a41…=3 07be…=1}</pre>
 *
 * @param sender distinguishes processes
 * @param tasks by the hash of the queue; none in a message that only proves that messages arrive
 */
record WakeUpMessage(long sender, Map<Long, Integer> tasks) {

  /** How many queues fit into a message: each takes up to 28 characters. */
  static final int MAXIMUM_QUEUES = MessageChannel.MAXIMUM_LENGTH / 28 - 1;

  private static final Pattern FORM = Pattern.compile("1 ([0-9a-f]{1,16})((?: [0-9a-f]+=[0-9]+)*)");
  private static final Pattern QUEUE = Pattern.compile("([0-9a-f]{1,16})=([0-9]{1,9})");

  /** Copies the tasks. */
  WakeUpMessage {
    tasks = Map.copyOf(tasks);
  }

  /** The message of a text; empty if this version did not write it. */
  static Optional<WakeUpMessage> of(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    Map<Long, Integer> tasks = new HashMap<>();
    Matcher queues = QUEUE.matcher(form.group(2));
    while (queues.find()) {
      tasks.put(Long.parseUnsignedLong(queues.group(1), 16), Integer.parseInt(queues.group(2)));
    }
    return Optional.of(new WakeUpMessage(Long.parseUnsignedLong(form.group(1), 16), tasks));
  }

  /** The text. */
  String text() {
    StringBuilder text = new StringBuilder("1 ").append(Long.toHexString(sender));
    tasks.forEach(
        (queue, count) ->
            text.append(' ').append(Long.toHexString(queue)).append('=').append(count));
    return text.toString();
  }
}
