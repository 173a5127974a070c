package io.odin.persistence.servers;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/**
 * A network between clients and a server that can be slow, cut, out of reach, or swallow what is
 * sent. Thread-safe.
 */
public final class NetworkProxy implements AutoCloseable {

  private volatile InetSocketAddress server;
  private final ServerSocket listener;
  private final Duration delay;
  private final Set<Link> links = ConcurrentHashMap.newKeySet();
  private volatile boolean reachable = true;
  private volatile boolean losesRequests;
  private volatile boolean losesReplies;

  private NetworkProxy(InetSocketAddress server, ServerSocket listener, Duration delay) {
    this.server = server;
    this.listener = listener;
    this.delay = delay;
  }

  /** A network that works, on a free port of the loopback interface. */
  public static NetworkProxy to(InetSocketAddress server) throws IOException {
    return to(server, Duration.ZERO);
  }

  /**
   * As {@link #to(InetSocketAddress)}, with a way that takes time and carries as much as before.
   *
   * @param roundTrip how much longer a request and its reply take together, half of it each; the
   *     proxy itself takes some tens of microseconds more
   */
  public static NetworkProxy to(InetSocketAddress server, Duration roundTrip) throws IOException {
    NetworkProxy proxy =
        new NetworkProxy(
            server,
            new ServerSocket(0, 64, InetAddress.getLoopbackAddress()),
            roundTrip.dividedBy(2));
    Thread.ofVirtual().name("odin-proxy").start(proxy::accept);
    return proxy;
  }

  /** The port to which clients connect. */
  public int port() {
    return listener.getLocalPort();
  }

  /** Cuts all connections; new ones are accepted. */
  public void cut() {
    links.forEach(Link::close);
  }

  /** Cuts all connections and accepts no new ones, until {@link #heal}. */
  public void goDown() {
    reachable = false;
    cut();
  }

  /** Cuts all connections and leads new ones to another server. */
  public void redirect(InetSocketAddress other) {
    server = other;
    cut();
  }

  /** Swallows what clients send, without an end of the connection, until {@link #heal}. */
  public void loseRequests() {
    losesRequests = true;
  }

  /** Swallows what the server sends, without an end of the connection, until {@link #heal}. */
  public void loseReplies() {
    losesReplies = true;
  }

  /**
   * Works again for new connections. Those from which something was swallowed stay mute, as they do
   * where a device on the way has dropped them.
   */
  public void heal() {
    losesRequests = false;
    losesReplies = false;
    reachable = true;
  }

  @Override
  public void close() {
    try (listener) {
      goDown();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        if (reachable) {
          connect(client);
        } else {
          client.close();
        }
      } catch (IOException e) {
        // This proxy is being closed, or the server is down and the client's connection ends.
      }
    }
  }

  private void connect(Socket client) throws IOException {
    try {
      InetSocketAddress target = server;
      Link link = new Link(client, new Socket(target.getAddress(), target.getPort()));
      links.add(link);
      Thread.ofVirtual().name("odin-proxy-requests").start(link::forwardRequests);
      Thread.ofVirtual().name("odin-proxy-replies").start(link::forwardReplies);
    } catch (IOException e) {
      client.close();
      throw e;
    }
  }

  /** One connection of a client, and its connection to the server. */
  private final class Link {

    private static final int BUFFER = 64 * 1024;

    private final Socket client;
    private final Socket upstream;
    private volatile boolean mute;

    Link(Socket client, Socket upstream) throws IOException {
      this.client = client;
      this.upstream = upstream;
      client.setTcpNoDelay(true);
      upstream.setTcpNoDelay(true);
    }

    void forwardRequests() {
      forward(client, upstream, () -> losesRequests);
    }

    void forwardReplies() {
      forward(upstream, client, () -> losesReplies);
    }

    private void forward(Socket from, Socket to, BooleanSupplier loses) {
      try (InputStream in = from.getInputStream();
          OutputStream out = delayed(to.getOutputStream())) {
        byte[] buffer = new byte[BUFFER];
        for (int size = in.read(buffer); size >= 0; size = in.read(buffer)) {
          if (loses.getAsBoolean()) {
            mute = true;
          }
          if (!mute) {
            out.write(buffer, 0, size);
          }
        }
      } catch (IOException e) {
        // The other side has closed the connection: close this one too.
      } finally {
        close();
      }
    }

    private OutputStream delayed(OutputStream out) {
      return delay.isZero() ? out : new DelayedOutput(out, delay);
    }

    void close() {
      links.remove(this);
      closeQuietly(client);
      closeQuietly(upstream);
    }

    private static void closeQuietly(Socket socket) {
      try {
        socket.close();
      } catch (IOException e) {
        // The socket cannot be used any more: treat it as closed.
      }
    }
  }
}
