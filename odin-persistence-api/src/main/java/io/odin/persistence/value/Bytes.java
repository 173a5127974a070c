package io.odin.persistence.value;

import io.odin.persistence.internal.Require;
import java.util.Arrays;

/** An immutable sequence of bytes, equal by content. Thread-safe. */
public final class Bytes implements Payload {

  private static final Bytes EMPTY = new Bytes(new byte[0]);

  private final byte[] content;

  private Bytes(byte[] content) {
    this.content = content;
  }

  /** The empty sequence. */
  public static Bytes empty() {
    return EMPTY;
  }

  /** A copy of the given bytes. */
  public static Bytes copyOf(byte[] content) {
    return new Bytes(Require.nonNull("content", content).clone());
  }

  /** A copy of the content. */
  public byte[] toByteArray() {
    return content.clone();
  }

  /** The number of bytes. */
  @Override
  public long size() {
    return content.length;
  }

  @Override
  public Json asJson() {
    throw new IllegalStateException("the payload is bytes, not a JSON document: use asBytes()");
  }

  @Override
  public Bytes asBytes() {
    return this;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes that && Arrays.equals(content, that.content);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(content);
  }

  /** The size only: payloads do not belong in a log. */
  @Override
  public String toString() {
    return "Bytes[" + content.length + "]";
  }
}
