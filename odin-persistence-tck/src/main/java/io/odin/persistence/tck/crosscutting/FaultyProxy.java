package io.odin.persistence.tck.crosscutting;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Stands between the stores and the server, and fails as networks do: a request that never arrives,
 * a reply that is lost after the server has done its work, a server out of reach. Thread-safe.
 */
final class FaultyProxy implements AutoCloseable {

  private final InetSocketAddress server;
  private final ServerSocket listener;
  private final Set<Link> links = ConcurrentHashMap.newKeySet();
  private final AtomicReference<@Nullable Trigger> trigger = new AtomicReference<>();
  private volatile boolean reachable = true;

  private FaultyProxy(InetSocketAddress server, ServerSocket listener) {
    this.server = server;
    this.listener = listener;
  }

  static FaultyProxy to(InetSocketAddress server) {
    try {
      FaultyProxy proxy =
          new FaultyProxy(server, new ServerSocket(0, 64, InetAddress.getLoopbackAddress()));
      Thread.ofVirtual().name("odin-tck-proxy").start(proxy::accept);
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where the stores are to connect. */
  InetSocketAddress address() {
    return new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort());
  }

  /** The next request with this text does not reach the server, and its connection is cut. */
  void cutBefore(String text) {
    trigger.set(new Trigger(text, Action.CUT_BEFORE));
  }

  /** As {@link #cutBefore}, and the server is out of reach from then on. */
  void goDownBefore(String text) {
    trigger.set(new Trigger(text, Action.GO_DOWN_BEFORE));
  }

  /** The next request with this text reaches the server, and nothing comes back any more. */
  void loseReplyTo(String text) {
    trigger.set(new Trigger(text, Action.LOSE_REPLY));
  }

  /** Whether the request that was waited for has come. */
  boolean hasStruck() {
    return trigger.get() == null;
  }

  /** Cuts all connections; new ones are accepted. */
  void cut() {
    links.forEach(Link::close);
  }

  /** Cuts all connections and accepts no new ones. */
  void goDown() {
    reachable = false;
    cut();
  }

  /** Accepts new connections again. */
  void comeBack() {
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
        // Either this proxy is being closed, or the server is gone, which the client is told by a
        // connection that ends.
      }
    }
  }

  private void connect(Socket client) throws IOException {
    try {
      Link link = new Link(client, new Socket(server.getAddress(), server.getPort()));
      links.add(link);
      Thread.ofVirtual().name("odin-tck-proxy-requests").start(link::forwardRequests);
      Thread.ofVirtual().name("odin-tck-proxy-replies").start(link::forwardReplies);
    } catch (IOException e) {
      client.close();
      throw e;
    }
  }

  private enum Action {
    CUT_BEFORE,
    GO_DOWN_BEFORE,
    LOSE_REPLY
  }

  /** What to do to the next request that holds a text, each byte of it a character. */
  private record Trigger(String text, Action action) {}

  /** One connection of a client, and the one to the server that goes with it. */
  private final class Link {

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
      try (InputStream in = client.getInputStream();
          OutputStream out = upstream.getOutputStream()) {
        byte[] buffer = new byte[64 * 1024];
        String tail = "";
        for (int size = in.read(buffer); size >= 0; size = in.read(buffer)) {
          String seen = tail + new String(buffer, 0, size, StandardCharsets.ISO_8859_1);
          if (springs(seen)) {
            return;
          }
          out.write(buffer, 0, size);
          out.flush();
          // A request may arrive in pieces.
          tail = seen.substring(Math.max(0, seen.length() - 64));
        }
      } catch (IOException e) {
        // The other side has hung up; so does this one.
      } finally {
        close();
      }
    }

    /** Springs the trigger if the request is the one; says whether the request is to be dropped. */
    private boolean springs(String request) {
      @Nullable Trigger set = trigger.get();
      if (set == null || !request.contains(set.text()) || !trigger.compareAndSet(set, null)) {
        return false;
      }
      switch (set.action()) {
        case CUT_BEFORE -> close();
        case GO_DOWN_BEFORE -> goDown();
        case LOSE_REPLY -> mute = true;
      }
      return set.action() != Action.LOSE_REPLY;
    }

    void forwardReplies() {
      try (InputStream in = upstream.getInputStream();
          OutputStream out = client.getOutputStream()) {
        byte[] buffer = new byte[64 * 1024];
        for (int size = in.read(buffer); size >= 0; size = in.read(buffer)) {
          if (!mute) {
            out.write(buffer, 0, size);
            out.flush();
          }
        }
      } catch (IOException e) {
        // The other side has hung up; so does this one.
      } finally {
        close();
      }
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
        // It is as good as closed.
      }
    }
  }
}
