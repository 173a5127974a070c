package io.odin.persistence.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NetworkProxyTest {

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private ServerSocket server;

  @BeforeEach
  void listen() throws IOException {
    server = new ServerSocket(0, 4, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
    threads.close();
  }

  @Test
  void roundTrip_isThatMuchLonger_andHardlyMore() throws Exception {
    Duration roundTrip = Duration.ofMillis(2);
    try (NetworkProxy network = proxy(roundTrip);
        Socket client = connect(network);
        Socket echo = server.accept()) {
      Future<Long> echoed = threads.submit(() -> echo(echo));
      long shortest = Long.MAX_VALUE;
      for (int i = 0; i < 200; i++) {
        long start = System.nanoTime();
        client.getOutputStream().write(i);
        assertThat(client.getInputStream().read()).isEqualTo(i % 256);
        shortest = Math.min(shortest, System.nanoTime() - start);
      }
      client.shutdownOutput();

      assertThat(echoed.get()).isEqualTo(200);
      assertThat(Duration.ofNanos(shortest))
          .isBetween(roundTrip, roundTrip.plus(Duration.ofMillis(1)));
    }
  }

  @Test
  void delay_doesNotLimitHowMuchPasses() throws Exception {
    byte[] sent = new byte[16 * 1024 * 1024];
    new Random(1).nextBytes(sent);
    try (NetworkProxy network = proxy(Duration.ofMillis(200));
        Socket client = connect(network);
        Socket receiver = server.accept()) {
      Future<byte[]> received = threads.submit(() -> receiver.getInputStream().readAllBytes());
      long start = System.nanoTime();
      client.getOutputStream().write(sent);
      client.shutdownOutput();

      assertThat(received.get()).isEqualTo(sent);
      // At 64 KiB for each delay it would be 25 seconds.
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }
  }

  @Test
  void whatWasSentBeforeTheEnd_arrivesBeforeIt() throws Exception {
    try (NetworkProxy network = proxy(Duration.ofMillis(20));
        Socket client = connect(network)) {
      try (Socket sender = server.accept()) {
        sender.getOutputStream().write(new byte[] {1, 2, 3});
      }

      assertThat(client.getInputStream().readAllBytes()).containsExactly(1, 2, 3);
    }
  }

  @Test
  void cut_endsConnectionsWithADelayToo() throws Exception {
    try (NetworkProxy network = proxy(Duration.ofMillis(20));
        Socket client = connect(network);
        Socket other = server.accept()) {
      client.getOutputStream().write(1);
      assertThat(other.getInputStream().read()).isEqualTo(1);

      network.cut();

      assertThat(client.getInputStream().read()).isNegative();
      assertThat(other.getInputStream().read()).isNegative();
    }
  }

  private NetworkProxy proxy(Duration roundTrip) throws IOException {
    return NetworkProxy.to(
        new InetSocketAddress(server.getInetAddress(), server.getLocalPort()), roundTrip);
  }

  private static Socket connect(NetworkProxy network) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), network.port());
    socket.setTcpNoDelay(true);
    return socket;
  }

  private static long echo(Socket socket) throws IOException {
    return socket.getInputStream().transferTo(socket.getOutputStream());
  }
}
