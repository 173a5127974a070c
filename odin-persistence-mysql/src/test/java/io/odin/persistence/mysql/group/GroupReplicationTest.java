package io.odin.persistence.mysql.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.odin.persistence.Persistence;
import io.odin.persistence.PersistenceConfig;
import io.odin.persistence.error.BackendFailureException;
import io.odin.persistence.error.UnavailableException;
import io.odin.persistence.health.HealthReport.Finding;
import io.odin.persistence.mysql.group.ReplicationGroup.Member;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.namespace.NamespaceSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A URL of the three servers of a group, of which one takes writes. */
class GroupReplicationTest {

  private static final Duration FIRST_SUCCESS = Duration.ofSeconds(15);
  private static final Duration REPLY_LIMIT = Duration.ofSeconds(7);

  private static ReplicationGroup group;

  @BeforeAll
  static void start() throws IOException {
    group = ReplicationGroup.start();
    assertThat(Persistence.schemaOf(config(group.url())).migrate().isCurrent()).isTrue();
  }

  @AfterAll
  static void stop() {
    group.close();
  }

  private static PersistenceConfig config(String url) {
    return PersistenceConfig.builder(url)
        .credentials("engine", "engine")
        .shardCount(8)
        .maximumPoolSize(8)
        // REPLY_LIMIT is their sum.
        .statementTimeout(Duration.ofSeconds(2))
        .lockTimeout(Duration.ofSeconds(2))
        .connectionTimeout(Duration.ofSeconds(3))
        .build();
  }

  @Test
  void primary_killedUnderLoad_losesAndRepeatsNothing() throws Exception {
    killPrimaries(2);
  }

  @Test
  @Tag("failovers")
  void primary_killedTenTimesUnderLoad_losesAndRepeatsNothing() throws Exception {
    killPrimaries(10);
  }

  private static void killPrimaries(int times)
      throws IOException, InterruptedException, ExecutionException, TimeoutException {
    try (Persistence persistence = Persistence.open(config(group.url()));
        Persistence reader = Persistence.open(config(group.url()))) {
      GroupLoad load = new GroupLoad(persistence, reader);
      for (int i = 0; i < times; i++) {
        killPrimary(load.reported());
      }
      load.stopAndAudit();
      System.out.println(load);
      assertThat(load.reported().contradictions()).isEmpty();
    }
  }

  private static void killPrimary(Reported reported) throws IOException {
    Member primary = group.awaitPrimary();
    awaitSuccess(reported);
    long killed = System.nanoTime();
    group.kill(primary);
    group.awaitPrimary(group.without(primary));
    long elected = System.nanoTime();
    await().atMost(FIRST_SUCCESS).until(() -> reported.hasSuccessSince(killed));
    System.out.printf(
        "elected %d ms after the kill; first success %d ms after the election%n",
        Duration.ofNanos(elected - killed).toMillis(),
        Duration.ofNanos(reported.firstSuccessSince(killed) - elected).toMillis());
    group.restart(primary);
    group.rejoin(primary);
  }

  /**
   * The others have a new primary before the calls that the former one keeps waiting have ended.
   */
  @Test
  void primary_stoppedUnderLoadUntilTheOthersHaveAnother_isNotUsedAfterwards() throws Exception {
    try (Persistence persistence = Persistence.open(config(group.url()));
        Persistence reader = Persistence.open(config(group.url()));
        Persistence idle = Persistence.open(config(group.url()))) {
      GroupLoad load = new GroupLoad(persistence, reader);
      awaitSuccess(load.reported());
      load.look(idle);
      Member primary = group.awaitPrimary();
      group.pause(primary);
      long stopped = System.nanoTime();
      group.awaitPrimary(group.without(primary));
      await()
          .atMost(REPLY_LIMIT.plus(FIRST_SUCCESS))
          .until(() -> load.reported().hasSuccessSince(stopped));
      group.resume(primary);
      // The former primary does not know yet that it is none.
      load.look(idle);
      group.readmit(primary);
      awaitSuccess(load.reported());
      load.stopAndAudit();
      System.out.println(load);
      assertThat(load.reported().contradictions()).isEmpty();
    }
  }

  @Test
  @Tag("failovers")
  void primary_thatHasLostTheMajority_isNotRead() throws IOException {
    Member primary = group.awaitPrimary();
    List<Member> others = group.without(primary);
    try (Persistence persistence = Persistence.open(config(group.url()))) {
      NamespaceId namespace = create(persistence);
      others.forEach(group::kill);
      await().atMost(Duration.ofSeconds(30)).until(() -> primary.membersIn("UNREACHABLE") == 2);

      assertThatThrownBy(() -> persistence.namespaces().find(namespace))
          .isInstanceOf(UnavailableException.class);

      group.kill(primary);
      group.startAgain(primary);
      await()
          .atMost(FIRST_SUCCESS)
          .ignoreExceptionsInstanceOf(UnavailableException.class)
          .until(() -> persistence.namespaces().find(namespace).isPresent());
    }
  }

  /** It takes writes, and the others never get them. */
  @Test
  @Tag("failovers")
  void member_thatWasStartedAgainAndHasNotJoined_isNotTaken() throws IOException {
    Member former = group.awaitPrimary();
    group.kill(former);
    Member primary = group.awaitPrimary(group.without(former));
    group.restart(former);
    assertThat(former.number("SELECT @@global.super_read_only + @@global.read_only")).isZero();

    try (Persistence persistence = Persistence.open(config(group.url(former)))) {
      NamespaceId namespace = create(persistence);

      assertThat(primary.number(count(namespace))).isOne();
      assertThat(former.number(count(namespace))).isZero();
      assertThat(persistence.check().findings())
          .filteredOn(finding -> finding.name().equals("group of servers"))
          .extracting(Finding::detail)
          .containsExactlyInAnyOrder(
              "group_replication_start_on_boot is off",
              "group_replication_unreachable_majority_timeout is 0");
    }
    group.rejoin(former);
  }

  private static String count(NamespaceId namespace) {
    return "SELECT COUNT(*) FROM odin.namespaces WHERE namespace_name = 'of " + namespace + "'";
  }

  private static NamespaceId create(Persistence persistence) {
    NamespaceId namespace = NamespaceId.create();
    persistence.namespaces().create(namespace, "of " + namespace, NamespaceSettings.defaults());
    return namespace;
  }

  @Test
  void open_withAnAccountThatMayNotSeeTheMembers_saysWhatToGrant() {
    Member primary = group.awaitPrimary();
    primary.execute("CREATE USER blind IDENTIFIED BY 'blind'", "GRANT ALL ON odin.* TO blind");
    // A member that does not have the account yet would refuse the login.
    await()
        .atMost(FIRST_SUCCESS)
        .until(
            () ->
                group.without(primary).stream()
                    .allMatch(
                        member ->
                            member.number("SELECT COUNT(*) FROM mysql.db WHERE User = 'blind'")
                                == 1));
    PersistenceConfig config =
        PersistenceConfig.builder(group.url()).credentials("blind", "blind").shardCount(8).build();

    assertThatThrownBy(() -> Persistence.open(config))
        .isInstanceOf(BackendFailureException.class)
        .hasMessageContaining("SELECT on performance_schema.replication_group_members is denied")
        .hasMessageContaining("grant it to the account");
  }

  private static void awaitSuccess(Reported reported) {
    long begun = System.nanoTime();
    await().atMost(FIRST_SUCCESS).until(() -> reported.hasSuccessSince(begun));
  }
}
