package io.odin.persistence.benchmarks.harness;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import javax.net.SocketFactory;

/**
 * Counts round trips under a driver: each time a connection reads after it has written, someone
 * waits for the server. The PostgreSQL driver makes one of these from {@code socketFactory} in the
 * URL and passes it {@code socketFactoryArg}, the name to count under.
 */
public final class RoundTrips extends SocketFactory {

  private static final ConcurrentHashMap<String, LongAdder> COUNTERS = new ConcurrentHashMap<>();

  private final LongAdder counter;

  /** Called by the driver. */
  public RoundTrips(String name) {
    counter = counter(name);
  }

  /** How many there were under this name since the program began. */
  static long count(String name) {
    return counter(name).sum();
  }

  private static LongAdder counter(String name) {
    return COUNTERS.computeIfAbsent(name, key -> new LongAdder());
  }

  @Override
  public Socket createSocket() {
    return new CountingSocket(counter);
  }

  @Override
  public Socket createSocket(String host, int port) {
    throw connectedLater();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
    throw connectedLater();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) {
    throw connectedLater();
  }

  @Override
  public Socket createSocket(
      InetAddress address, int port, InetAddress localAddress, int localPort) {
    throw connectedLater();
  }

  private static UnsupportedOperationException connectedLater() {
    return new UnsupportedOperationException("the driver connects its sockets itself");
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
