package io.odin.persistence.benchmarks.engine;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts round trips under a driver: each time a connection reads after it has written, someone
 * waits for the server.
 */
public final class RoundTrips {

  private static final ConcurrentHashMap<String, LongAdder> COUNTERS = new ConcurrentHashMap<>();

  private RoundTrips() {}

  /** How many there were under this name since the program began. */
  public static long count(String name) {
    return counter(name).sum();
  }

  /** A socket, not connected yet, that counts under this name. */
  static Socket socket(String name) {
    return new CountingSocket(counter(name));
  }

  private static LongAdder counter(String name) {
    return COUNTERS.computeIfAbsent(name, key -> new LongAdder());
  }

  private static final class CountingSocket extends Socket {
    private final LongAdder counter;
    // Written by the thread that has the connection; a pool hands it over with a happens-before.
    private boolean written;

    CountingSocket(LongAdder counter) {
      this.counter = counter;
    }

    @Override
    public InputStream getInputStream() throws IOException {
      return new FilterInputStream(super.getInputStream()) {
        @Override
        public int read() throws IOException {
          turn();
          return in.read();
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
          turn();
          return in.read(bytes, offset, length);
        }
      };
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
      return new FilterOutputStream(super.getOutputStream()) {
        @Override
        public void write(int octet) throws IOException {
          written = true;
          out.write(octet);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
          written = true;
          out.write(bytes, offset, length);
        }
      };
    }

    private void turn() {
      if (written) {
        written = false;
        counter.increment();
      }
    }
  }
}
