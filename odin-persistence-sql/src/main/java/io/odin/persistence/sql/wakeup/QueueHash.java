package io.odin.persistence.sql.wakeup;

import io.odin.persistence.task.TaskQueue;

/**
 * Identifies a queue by 64 bits, in the memory of processes and in their messages: the same in all
 * versions. A collision wakes in vain.
 */
final class QueueHash {

  // FNV-1a.
  private static final long OFFSET_BASIS = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;

  private QueueHash() {}

  static long of(TaskQueue queue) {
    long hash = OFFSET_BASIS;
    hash = add(hash, queue.namespace().value().toString());
    hash = add(hash, queue.type().value());
    return add(hash, queue.name());
  }

  /** Adds a text and its end. */
  private static long add(long hash, String text) {
    long result = hash;
    for (int i = 0; i < text.length(); i++) {
      result = (result ^ text.charAt(i)) * PRIME;
    }
    return (result ^ Character.MAX_VALUE) * PRIME;
  }
}
