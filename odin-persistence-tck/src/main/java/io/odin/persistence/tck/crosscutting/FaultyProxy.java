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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A proxy between the stores and the server that fails as networks do: a request is lost, a reply
 * is lost after the server has done its work, the server is out of reach, no reply comes.
 * Thread-safe.
 */
public final class FaultyProxy implements AutoCloseable {

  private final InetSocketAddress server;
  private final ServerSocket listener;
  private final Set<Link> links = ConcurrentHashMap.newKeySet();
  private final AtomicReference<@Nullable Trigger> trigger = new AtomicReference<>();
  private volatile boolean reachable = true;
  private volatile boolean mute;
  private final CountDownLatch delivery = new CountDownLatch(1);
  private final CountDownLatch answer = new CountDownLatch(1);
  private final CountDownLatch end = new CountDownLatch(1);

  private FaultyProxy(InetSocketAddress server, ServerSocket listener) {
    this.server = server;
    this.listener = listener;
  }

  /** Accepts connections, and forwards them to a server. */
  public static FaultyProxy to(InetSocketAddress server) {
    try {
      FaultyProxy proxy =
          new FaultyProxy(server, new ServerSocket(0, 64, InetAddress.getLoopbackAddress()));
      Thread.ofVirtual().name("odin-tck-proxy").start(proxy::accept);
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The address to which the stores connect. */
  public InetSocketAddress address() {
    return new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort());
  }

  /**
   * The next request in which this is found does not reach the server, and its connection is cut.
   *
   * @param text a regular expression, as for the other actions, for one character for each byte
   */
  public void cutBefore(String text) {
    trigger.set(Trigger.on(text, Action.CUT_BEFORE));
  }

  /** As {@link #cutBefore}, and the server is out of reach from then on. */
  public void goDownBefore(String text) {
    trigger.set(Trigger.on(text, Action.GO_DOWN_BEFORE));
  }

  /** The next request with this text reaches the server, and no reply is forwarded from then on. */
  public void loseReplyTo(String text) {
    trigger.set(Trigger.on(text, Action.LOSE_REPLY));
  }

  /**
   * The next request with this text is kept back, and its client is cut. It reaches the server
   * after {@link #deliver}.
   */
  void holdBack(String text) {
    trigger.set(Trigger.on(text, Action.HOLD_BACK));
  }

  /** Sends the request that was kept back, and waits for the server's answer. */
  void deliver() throws InterruptedException {
    delivery.countDown();
    answer.await();
  }

  /** Whether the request that the proxy waits for has been seen. */
  public boolean hasTriggered() {
    return trigger.get() == null;
  }

  /** Cuts all connections; new ones are accepted. */
  public void cut() {
    links.forEach(Link::close);
  }

  /** Cuts all connections and accepts no new ones. */
  public void goDown() {
    reachable = false;
    cut();
  }

  /** Accepts new connections again. */
  public void comeBack() {
    reachable = true;
  }

  /**
   * Forwards nothing from now on, in either direction: connections are open and accepted, and no
   * reply comes, as from a network that loses every packet.
   */
  void mute() {
    mute = true;
    links.forEach(Link::mute);
  }

  /**
   * Forwards what new connections send. Those from before stay without a reply, as if the network
   * had lost them.
   */
  void heal() {
    mute = false;
  }

  @Override
  public void close() {
    end.countDown();
    delivery.countDown();
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
      Link link = new Link(client, new Socket(server.getAddress(), server.getPort()));
      links.add(link);
      if (mute) {
        link.mute();
      }
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
    HOLD_BACK,
    LOSE_REPLY
  }

  /**
   * The action for the next request in which a text is found, read with one character for each
   * byte.
   */
  private record Trigger(Pattern text, Action action) {

    static Trigger on(String text, Action action) {
      return new Trigger(Pattern.compile(text), action);
    }

    boolean isMetBy(String request) {
      return text.matcher(request).find();
    }
  }

  /** One connection of a client, and its connection to the server. */
  private final class Link {

    private final Socket client;
    private final Socket upstream;
    private volatile boolean silent;
    private volatile boolean deaf;
    private volatile boolean held;

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
          if (drops(seen)) {
            if (held) {
              delivery.await();
              out.write(buffer, 0, size);
              out.flush();
              end.await();
            }
            return;
          }
          if (!deaf) {
            out.write(buffer, 0, size);
            out.flush();
          }
          // A request may arrive in pieces.
          tail = seen.substring(Math.max(0, seen.length() - 64));
        }
      } catch (IOException e) {
        // The other side has closed the connection: close this one too.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } finally {
        close();
      }
    }

    /** Acts if this is the request that the proxy waits for; returns whether to drop it. */
    private boolean drops(String request) {
      @Nullable Trigger set = trigger.get();
      if (set == null || !set.isMetBy(request) || !trigger.compareAndSet(set, null)) {
        return false;
      }
      switch (set.action()) {
        case CUT_BEFORE -> close();
        case GO_DOWN_BEFORE -> goDown();
        case HOLD_BACK -> {
          silent = true;
          held = true;
          closeQuietly(client);
        }
        case LOSE_REPLY -> silent = true;
      }
      return set.action() != Action.LOSE_REPLY;
    }

    void forwardReplies() {
      try (InputStream in = upstream.getInputStream();
          OutputStream out = client.getOutputStream()) {
        byte[] buffer = new byte[64 * 1024];
        for (int size = in.read(buffer); size >= 0; size = in.read(buffer)) {
          if (held) {
            answer.countDown();
          }
          if (!silent) {
            out.write(buffer, 0, size);
            out.flush();
          }
        }
      } catch (IOException e) {
        // The other side has closed the connection: close this one too.
      } finally {
        close();
      }
    }

    void mute() {
      silent = true;
      deaf = true;
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
