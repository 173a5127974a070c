package io.odin.persistence.tck.namespace;

import static org.assertj.core.api.Assertions.assertThat;

import io.odin.persistence.error.InvalidRequestException;
import io.odin.persistence.error.NotFoundException;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.retention.NamespaceRemains;
import io.odin.persistence.retention.RunPart;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.tck.harness.Concurrently;
import io.odin.persistence.tck.harness.Scenario;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How a deleted namespace is purged. */
public abstract class NamespacePurgeTck extends AbstractNamespaceEndTck {

  /** For backends. */
  protected NamespacePurgeTck() {}

  @Test
  @Scenario("NS-20")
  void purge_leavesNothingInAnyTable() {
    Tenant tenant = new Tenant(newNamespace());
    tenant.fill();
    Tenant other = new Tenant(newNamespace());
    other.fill();
    Map<String, Long> others = database().rowCounts(other.namespace);
    assertThat(database().rowCounts(tenant.namespace).values()).doesNotContain(0L);
    delete(tenant.namespace);

    int deleted = tenant.purge(7);

    assertThat(deleted).isGreaterThan(20);
    assertThat(database().rowCounts(tenant.namespace).values()).containsOnly(0L);
    assertThat(database().rowCounts(other.namespace)).isEqualTo(others);
    assertThat(remains(tenant)).isEmpty();
    assertRefused(tenant);
  }

  @Test
  @Scenario("NS-20")
  void purge_ofANamespaceThatIsNotDeleted_isRefused() {
    Tenant tenant = new Tenant(newNamespace());
    tenant.fill();
    InvalidRequestException refused =
        thrownBy(InvalidRequestException.class, () -> tenant.purge(10));
    persistence().namespaces().deprecate(tenant.namespace, 1);
    Map<String, Long> before = database().rowCounts(tenant.namespace);
    thrownBy(InvalidRequestException.class, () -> tenant.purge(10));

    assertThat(refused.field()).isEqualTo("namespace");
    assertThat(database().rowCounts(tenant.namespace)).isEqualTo(before);
  }

  private Optional<NamespaceRemains> remains(Tenant tenant) {
    return remains(tenant.namespace, Duration.ZERO);
  }

  private Optional<NamespaceRemains> remains(NamespaceId namespace, Duration age) {
    return allRemains(age).stream().filter(one -> one.namespace().equals(namespace)).findFirst();
  }

  private List<NamespaceRemains> allRemains(Duration age) {
    return allOfSparsePages(50, page -> persistence().retention().findRemains(age, page));
  }

  @Test
  @Scenario("NS-21")
  void remains_showHowFarAPurgeHasCome() {
    Tenant tenant = new Tenant(newNamespace());
    tenant.fill();
    assertThat(remains(tenant)).isEmpty();
    delete(tenant.namespace);

    NamespaceRemains first = remains(tenant).orElseThrow();
    assertThat(first.deletedAt()).isPresent();
    assertThat(first.rows().values()).doesNotContain(0L);
    assertThat(first.rows()).hasSizeGreaterThan(15);
    assertThat(remains(tenant.namespace, Duration.ofDays(1))).isEmpty();
    persistence().retention().purge(tenant.namespace, 5);
    NamespaceRemains second = remains(tenant).orElseThrow();
    assertThat(sum(second)).isEqualTo(sum(first) - 5);
    assertThat(allRemains(Duration.ZERO))
        .extracting(one -> one.namespace().toString())
        .isSorted()
        .doesNotHaveDuplicates();
  }

  private static long sum(NamespaceRemains remains) {
    return remains.rows().values().stream().mapToLong(Long::longValue).sum();
  }

  @Test
  @Scenario("NS-21")
  void remains_ofANamespaceThatNeverWas_areFoundAndPurged() {
    RunKey run = RunKey.create(NamespaceId.create(), newWorkflowId());
    database().insertOrphan(RunPart.TIMERS, run);

    NamespaceRemains found = remains(run.namespace(), Duration.ZERO).orElseThrow();
    assertThat(found.deletedAt()).isEmpty();
    assertThat(sum(found)).isEqualTo(1);
    assertThat(persistence().retention().purge(run.namespace(), 10)).isEqualTo(1);
    assertThat(remains(run.namespace(), Duration.ZERO)).isEmpty();
  }

  @Test
  @Scenario("NS-20")
  void purge_whileWritersGoOn_leavesNothing() {
    Tenant tenant = new Tenant(newNamespace());
    tenant.fill();

    Concurrently.run(
        8,
        i -> {
          if (i == 0) {
            delete(tenant.namespace);
            return tenant.purge(3);
          }
          int stored = 0;
          for (int n = 0; n < 40; n++) {
            try {
              persistence().taskQueues().enqueue(tenant.task());
              stored++;
            } catch (NotFoundException e) {
              // Deleted: as is every one after it.
              assertThat(e).hasMessageContaining("namespace");
            }
          }
          return stored;
        });
    tenant.purge(1000);

    assertThat(database().rowCounts(tenant.namespace).values()).containsOnly(0L);
  }
}
