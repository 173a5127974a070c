package io.odin.persistence.mysql.group;

import static org.awaitility.Awaitility.await;

import io.odin.persistence.servers.Durability;
import io.odin.persistence.servers.MySqlServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Three servers that are one group (MySQL Group Replication), of which one takes writes. What the
 * others do without it, they decide after five seconds. Not thread-safe.
 */
final class ReplicationGroup implements AutoCloseable {

  private static final int SIZE = 3;
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Duration INTERVAL = Duration.ofMillis(20);
  private static final String PARAMETERS = "?sslMode=DISABLED&allowPublicKeyRetrieval=true";

  private final List<Member> members = new ArrayList<>();

  /** One of the servers. */
  record Member(MySqlServer server) {

    /** Host and port, as in a URL. */
    String place() {
      return server.url("").replaceFirst("jdbc:mysql://([^/]+)/.*", "$1");
    }

    private Connection connect() throws SQLException {
      return DriverManager.getConnection(
          "jdbc:mysql://" + place() + "/" + PARAMETERS + "&connectTimeout=2000&socketTimeout=60000",
          server.user(),
          server.password());
    }

    /** Runs statements in one session, as the one who may do everything. */
    void execute(String... statements) {
      try (Connection connection = connect();
          Statement statement = connection.createStatement()) {
        for (String sql : statements) {
          statement.execute(sql);
        }
      } catch (SQLException e) {
        throw new IllegalStateException(place() + " refused: " + e.getMessage(), e);
      }
    }

    /** The number that a query returns. */
    long number(String query) {
      try (Connection connection = connect();
          Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery(query)) {
        row.next();
        return row.getLong(1);
      } catch (SQLException e) {
        throw new IllegalStateException(place() + " refused: " + e.getMessage(), e);
      }
    }

    /** How many members, itself included, it regards as being in that state. */
    long membersIn(String state) {
      return number(
          """
          SELECT COUNT(*) FROM performance_schema.replication_group_members
           WHERE MEMBER_STATE = '%s'\
          """
              .formatted(state));
    }

    /** Whether it regards itself as the primary, and has begun to take writes. */
    boolean isPrimary() {
      return number(
              """
              SELECT COUNT(*) FROM performance_schema.replication_group_members
               WHERE MEMBER_ID = @@server_uuid AND MEMBER_STATE = 'ONLINE'
                 AND MEMBER_ROLE = 'PRIMARY' AND NOT @@global.super_read_only\
              """)
          == 1;
    }
  }

  /**
   * Starts the servers, and makes the database {@code odin} and the account {@code engine} that may
   * do anything in it, and see which member is the primary.
   */
  static ReplicationGroup start() throws IOException {
    ReplicationGroup group = new ReplicationGroup();
    try {
      List<Integer> ports = freePorts(SIZE);
      String name = UUID.randomUUID().toString();
      for (int i = 0; i < SIZE; i++) {
        group.members.add(new Member(MySqlServer.start(Durability.FULL, settings(name, ports, i))));
      }
      group.form();
      return group;
    } catch (IOException | RuntimeException e) {
      group.close();
      throw e;
    }
  }

  private static Map<String, String> settings(String name, List<Integer> ports, int index) {
    return Map.ofEntries(
        Map.entry("server-id", Integer.toString(index + 1)),
        Map.entry("report-host", "127.0.0.1"),
        Map.entry("gtid-mode", "ON"),
        Map.entry("enforce-gtid-consistency", "ON"),
        Map.entry("log-bin", "binlog"),
        Map.entry("log-bin-trust-function-creators", "ON"),
        Map.entry("innodb-buffer-pool-size", "32M"),
        Map.entry("plugin-load-add", "group_replication.so"),
        Map.entry("loose-group-replication-group-name", name),
        Map.entry("loose-group-replication-start-on-boot", "OFF"),
        Map.entry("loose-group-replication-local-address", "127.0.0.1:" + ports.get(index)),
        Map.entry(
            "loose-group-replication-group-seeds",
            ports.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(","))),
        Map.entry("loose-group-replication-recovery-get-public-key", "ON"),
        // The test says when a member comes back.
        Map.entry("loose-group-replication-autorejoin-tries", "0"),
        // As in versions before 8.4.
        Map.entry("loose-group-replication-consistency", "EVENTUAL"),
        // Beyond the five seconds after which a member that says nothing is suspected.
        Map.entry("loose-group-replication-member-expel-timeout", "0"));
  }

  private static List<Integer> freePorts(int count) throws IOException {
    List<Integer> ports = new ArrayList<>();
    List<ServerSocket> open = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        open.add(socket);
        ports.add(socket.getLocalPort());
      }
    } finally {
      for (ServerSocket socket : open) {
        socket.close();
      }
    }
    return ports;
  }

  private void form() {
    for (Member member : members) {
      member.execute(
          "SET sql_log_bin = OFF",
          "CREATE USER recovery IDENTIFIED BY 'recovery'",
          "GRANT REPLICATION SLAVE ON *.* TO recovery",
          "SET sql_log_bin = ON",
          """
          CHANGE REPLICATION SOURCE TO SOURCE_USER = 'recovery', SOURCE_PASSWORD = 'recovery'
             FOR CHANNEL 'group_replication_recovery'\
          """);
    }
    begin(members.getFirst());
    awaitPrimary()
        .execute(
            "CREATE DATABASE odin",
            "CREATE USER engine IDENTIFIED BY 'engine'",
            "GRANT ALL ON odin.* TO engine",
            "GRANT SELECT ON performance_schema.replication_group_members TO engine");
  }

  private void begin(Member first) {
    first.execute(
        "SET GLOBAL group_replication_bootstrap_group = ON",
        "START GROUP_REPLICATION",
        "SET GLOBAL group_replication_bootstrap_group = OFF");
    for (Member member : without(first)) {
      member.execute("START GROUP_REPLICATION");
    }
    awaitWhole();
  }

  /** A URL that names all members, in this order. */
  String url(Member... others) {
    Stream<Member> order =
        Stream.concat(
            Stream.of(others),
            members.stream().filter(member -> !List.of(others).contains(member)));
    return "jdbc:mysql://"
        + order.map(Member::place).collect(Collectors.joining(","))
        + "/odin"
        + PARAMETERS;
  }

  /** All but one. */
  List<Member> without(Member member) {
    return members.stream().filter(other -> !other.equals(member)).toList();
  }

  /** Waits until one member is the primary. */
  Member awaitPrimary() {
    return awaitPrimary(members);
  }

  /** Waits until one of these members is the primary. */
  Member awaitPrimary(List<Member> candidates) {
    return await()
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(INTERVAL)
        .until(() -> candidates.stream().filter(Member::isPrimary).findFirst(), Optional::isPresent)
        .orElseThrow();
  }

  /** Waits until all members take part, in the view of each. */
  void awaitWhole() {
    await()
        .atMost(PATIENCE)
        .pollInterval(INTERVAL)
        .until(() -> members.stream().allMatch(member -> member.membersIn("ONLINE") == SIZE));
  }

  /** Ends a member as {@code kill -9} does. */
  void kill(Member member) {
    member.server().process().orElseThrow().kill();
  }

  /** Starts a member that was killed, and leaves it outside of the group. */
  void restart(Member member) throws IOException {
    member.server().process().orElseThrow().restart();
  }

  /** Has a member that was started again take part again. */
  void rejoin(Member member) {
    member.execute("START GROUP_REPLICATION");
    awaitWhole();
  }

  /** Waits until a member knows that the others have expelled it, and has it take part again. */
  void readmit(Member member) {
    await().atMost(PATIENCE).pollInterval(INTERVAL).until(() -> member.membersIn("ERROR") == 1);
    // What the server sets when it is expelled, and does not take back.
    member.execute("STOP GROUP_REPLICATION", "SET GLOBAL offline_mode = OFF");
    rejoin(member);
  }

  /** Starts all members, which were killed, beginning with the one that has all commits. */
  void startAgain(Member first) throws IOException {
    for (Member member : members) {
      restart(member);
    }
    begin(first);
  }

  /** Stops a member where it is. */
  void pause(Member member) throws IOException {
    member.server().process().orElseThrow().pause();
  }

  /** Lets a member go on. */
  void resume(Member member) throws IOException {
    member.server().process().orElseThrow().resume();
  }

  @Override
  public void close() {
    members.forEach(member -> member.server().close());
  }
}
