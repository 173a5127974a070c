package io.odin.persistence.benchmarks.engine;

import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;

/**
 * Sockets that count, for the PostgreSQL driver: it makes one of these from {@code socketFactory}
 * in the URL and passes it {@code socketFactoryArg}, the name to count under.
 */
public final class PostgresSockets extends SocketFactory {

  private final String name;

  /** Called by the driver. */
  public PostgresSockets(String name) {
    this.name = name;
  }

  @Override
  public Socket createSocket() {
    return RoundTrips.socket(name);
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
}
