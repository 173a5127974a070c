package io.odin.persistence.value;

/**
 * What an event, a task, a timer or a signal carries for the engine: a JSON document, which SQL
 * users can read and search, or bytes, which come back as they were given. Immutable and
 * thread-safe. A document is never equal to bytes.
 */
public sealed interface Payload permits Json, Bytes {

  /** The size that {@link io.odin.persistence.Limits} count, in bytes. */
  long size();

  /**
   * The payload as a document.
   *
   * @throws IllegalStateException if it is bytes
   */
  Json asJson();

  /**
   * The payload as bytes.
   *
   * @throws IllegalStateException if it is a document
   */
  Bytes asBytes();
}
