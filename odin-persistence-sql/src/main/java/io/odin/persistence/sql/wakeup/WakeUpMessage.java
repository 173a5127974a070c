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

  private static final String FORM = "1";
  private static final String HEX = "[0-9a-f]{1,16}";
  private static final Pattern SENDER = Pattern.compile(HEX);
  private static final Pattern QUEUE = Pattern.compile("(" + HEX + ")=([0-9]{1,9})");

  /** Copies the tasks. */
  WakeUpMessage {
    tasks = Map.copyOf(tasks);
  }

  /** The message of a text; empty if this version did not write it. */
  static Optional<WakeUpMessage> of(String text) {
    String[] parts = text.split(" ", -1);
    if (parts.length < 2 || !parts[0].equals(FORM) || !SENDER.matcher(parts[1]).matches()) {
      return Optional.empty();
    }
    Map<Long, Integer> tasks = new HashMap<>();
    for (int i = 2; i < parts.length; i++) {
      Matcher queue = QUEUE.matcher(parts[i]);
      if (!queue.matches()) {
        return Optional.empty();
      }
      tasks.put(Long.parseUnsignedLong(queue.group(1), 16), Integer.parseInt(queue.group(2)));
    }
    return Optional.of(new WakeUpMessage(Long.parseUnsignedLong(parts[1], 16), tasks));
  }

  /** The text. */
  String text() {
    StringBuilder text = new StringBuilder(FORM).append(' ').append(Long.toHexString(sender));
    tasks.forEach(
        (queue, count) ->
            text.append(' ').append(Long.toHexString(queue)).append('=').append(count));
    return text.toString();
  }
}
