package io.odin.persistence.sql.task;

import io.odin.persistence.task.NewTask;
import io.odin.persistence.value.Bytes;
import io.odin.persistence.value.Json;
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
      switch (task.data()) {
        case Json document -> add(digest, document.canonicalText());
        case Bytes bytes -> {
          // No text has this length.
          addLength(digest, -1);
          digest.update(bytes.toByteArray());
        }
      }
      return Bytes.copyOf(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Preceded by its length, so that different tasks never feed the same bytes. */
  private static void add(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    addLength(digest, bytes.length);
    digest.update(bytes);
  }

  private static void addLength(MessageDigest digest, int length) {
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, length));
  }
}
