package io.odin.persistence.sql.task;

import java.util.Locale;

/** How a worker has ended its lease, as it is recorded for the case that it does so again. */
enum LeaseEnd {
  /** It completed the task. */
  COMPLETED,
  /** It failed, and the task is delivered again. */
  RETRIED,
  /** It failed at the last attempt, and the task became a dead letter. */
  DEAD,
  /** It gave the task back. */
  RELEASED;

  /** As it is stored. */
  String value() {
    return name().toLowerCase(Locale.ROOT);
  }

  static LeaseEnd of(String value) {
    return valueOf(value.toUpperCase(Locale.ROOT));
  }
}
