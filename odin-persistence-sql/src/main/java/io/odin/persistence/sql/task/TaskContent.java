package io.odin.persistence.sql.task;

import io.odin.persistence.task.NewTask;
import io.odin.persistence.value.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The SHA-256 of a task, by which it is recognized after it has ended. */
final class TaskContent {

  private TaskContent() {}

  /** Of the properties that make two tasks under one id the same task. */
  static Bytes hash(NewTask task) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      add(digest, task.run().workflowId());
      add(digest, task.run().runId().toString());
      add(digest, Integer.toString(task.priority()));
      add(digest, task.data().canonicalText());
      return Bytes.copyOf(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Preceded by its length, so that different tasks never feed the same bytes. */
  private static void add(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
    digest.update(bytes);
  }
}
