package io.odin.persistence.servers;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * Writes bytes to another stream a fixed time after it got them, in their order, and takes more
 * meanwhile: the delay does not limit how much passes in a second. For one writing thread.
 */
final class DelayedOutput extends OutputStream {

  /** How late Linux ends the wait of a thread, by its default timer slack. */
  private static final long LATENESS_NANOS = 60_000;

  private static final int CAPACITY = 4096;
  private final OutputStream target;
  private final long delayNanos;
  private final BlockingQueue<Piece> pieces = new LinkedBlockingQueue<>(CAPACITY);
  private final Thread delivery;
  private volatile boolean failed;

  /** Writes to this stream after this time. */
  DelayedOutput(OutputStream target, Duration delay) {
    this.target = target;
    delayNanos = delay.toNanos();
    // Not a virtual thread: it keeps its processor for the last microseconds of a wait.
    delivery = Thread.ofPlatform().daemon().name("odin-proxy-delivery").start(this::deliver);
  }

  /** What was written at once, and when it is due by {@link System#nanoTime}; empty at the end. */
  private static final class Piece {
    private final byte[] bytes;
    private final long due;

    Piece(byte[] bytes, long due) {
      this.bytes = bytes;
      this.due = due;
    }

    boolean isEnd() {
      return bytes.length == 0;
    }
  }

  @Override
  public void write(int octet) throws IOException {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    long due = System.nanoTime() + delayNanos;
    if (failed) {
      throw new IOException("the other side has closed the connection");
    }
    if (length > 0) {
      add(new Piece(Arrays.copyOfRange(bytes, offset, offset + length), due));
    }
  }

  /** Waits until all that was written is delivered. */
  @Override
  public void close() throws IOException {
    add(new Piece(new byte[0], 0));
    try {
      delivery.join();
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private void add(Piece piece) throws IOException {
    try {
      pieces.put(piece);
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private static IOException interrupted() {
    Thread.currentThread().interrupt();
    return new InterruptedIOException("interrupted while bytes were on their way");
  }

  private void deliver() {
    try (target) {
      for (Piece piece = pieces.take(); !piece.isEnd(); piece = pieces.take()) {
        awaitTime(piece.due);
        target.write(piece.bytes);
      }
    } catch (IOException e) {
      failed = true;
      // A writer that waits because the queue is full fails at its next write.
      pieces.clear();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void awaitTime(long due) {
    for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
      if (left > LATENESS_NANOS) {
        LockSupport.parkNanos(left - LATENESS_NANOS);
      } else {
        Thread.onSpinWait();
      }
    }
  }
}
