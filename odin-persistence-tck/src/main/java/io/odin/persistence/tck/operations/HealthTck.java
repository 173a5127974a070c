package io.odin.persistence.tck.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.odin.persistence.Persistence;
import io.odin.persistence.health.HealthReport;
import io.odin.persistence.health.HealthReport.Finding;
import io.odin.persistence.health.HealthReport.Status;
import io.odin.persistence.retention.Archiver;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.run.WorkflowState;
import io.odin.persistence.shard.ShardLease;
import io.odin.persistence.tck.harness.OpenDatabase;
import io.odin.persistence.tck.harness.Samples;
import io.odin.persistence.tck.harness.Scenario;
import io.odin.persistence.tck.harness.StoreTck;
import io.odin.persistence.tck.harness.Workbench;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The findings of {@link Persistence#check} for healthy and unhealthy databases. */
public abstract class HealthTck extends StoreTck {

  /** For backends. */
  protected HealthTck() {}

  private static Finding finding(Persistence in, String name) {
    List<Finding> found =
        in.check().findings().stream().filter(finding -> finding.name().equals(name)).toList();
    assertThat(found).as(name).hasSize(1);
    return found.getFirst();
  }

  private static void acquireAll(Persistence in) {
    assertThat(in.shards().acquireAny("engine", in.shardCount(), LONG)).hasSize(in.shardCount());
  }

  @Test
  @Scenario("HE-01")
  void check_ofAHealthyDatabase_reportsNoFailure() {
    Persistence healthy = freshDatabase().persistence();
    acquireAll(healthy);

    HealthReport report = healthy.check();

    assertThat(report.findings()).noneMatch(finding -> finding.status() == Status.FAILURE);
    assertThat(report.findings())
        .extracting(Finding::name)
        .contains(
            "connectivity",
            "clock offset",
            "write-ability",
            "schema version",
            "shard count",
            "shard ownership",
            "task leases",
            "backlog",
            "retention lag");
    assertThat(report.findings())
        .allSatisfy(
            finding ->
                assertThat(finding.advice().isEmpty()).isEqualTo(finding.status() == Status.OK));
  }

  @Test
  @Scenario("HE-02")
  void check_whenTheDatabaseIsDown_returnsAFailure() {
    OpenDatabase open = freshDatabase();

    HealthReport report = open.database().outage().during(() -> open.persistence().check());

    assertThat(report.status()).isEqualTo(Status.FAILURE);
    assertThat(report.findings()).extracting(Finding::name).containsExactly("connectivity");
  }

  @Test
  @Scenario("HE-03")
  void check_reportsShardsWithoutAnOwner() {
    Persistence store = freshDatabase().persistence();
    assertThat(finding(store, "shard ownership").status()).isEqualTo(Status.WARNING);
    ShardLease expiring = acquired(store, 0, "A", SHORT);
    awaitExpiry(store, expiring);

    Finding finding = finding(store, "shard ownership");

    assertThat(finding.status()).isEqualTo(Status.WARNING);
    assertThat(finding.detail()).contains("8 shards 7 have no owner and 1");
    acquireAll(store);
    assertThat(finding(store, "shard ownership").status()).isEqualTo(Status.OK);
  }

  @Test
  @Scenario("HE-04")
  void check_reportsQueuesWithWaitingTasks() {
    OpenDatabase open = freshDatabase();
    Workbench bench = Workbench.on(open.persistence());
    assertThat(finding(bench.persistence(), "backlog").detail()).isEqualTo("no task is waiting");
    bench.enqueue();
    bench.enqueue();
    assertThat(finding(bench.persistence(), "backlog").status()).isEqualTo(Status.OK);

    open.database().ageTasks(bench.queue(), Duration.ofHours(3));

    Finding finding = finding(bench.persistence(), "backlog");
    assertThat(finding.status()).isEqualTo(Status.WARNING);
    assertThat(finding.detail())
        .contains("activities (activity): 2 tasks wait, the oldest for 3 h");
  }

  @Test
  @Scenario("HE-05")
  void check_reportsRunsWhoseDeletionIsOverdue() {
    Workbench bench = Workbench.on(freshDatabase().persistence());
    RunKey run = bench.newRun();
    bench.commit(Samples.createClosed(run, WorkflowState.COMPLETED).build());

    Finding finding = finding(bench.persistence(), "retention lag");

    assertThat(finding.status()).isEqualTo(Status.WARNING);
    assertThat(finding.detail()).contains("namespace tck-" + bench.namespace());
    bench.persistence().retention().archiveAndDelete(run, bench.shardOf(run), Archiver.none());
    assertThat(finding(bench.persistence(), "retention lag").status()).isEqualTo(Status.OK);
  }
}
