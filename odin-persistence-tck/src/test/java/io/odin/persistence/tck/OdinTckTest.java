package io.odin.persistence.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.odin.persistence.Limits;
import io.odin.persistence.Persistence;
import io.odin.persistence.PersistenceConfig;
import io.odin.persistence.error.UnsupportedCapabilityException;
import io.odin.persistence.schema.Schema;
import io.odin.persistence.spi.PersistenceProvider;
import io.odin.persistence.tck.database.TckDatabase;
import io.odin.persistence.tck.harness.Requires;
import io.odin.persistence.tck.harness.Scenario;
import io.odin.persistence.tck.harness.StoreTck;
import io.odin.persistence.tck.shard.ShardStoreTck;
import io.odin.persistence.value.Capability;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Runs the extension on a backend that does nothing and on a test class that omits kits. */
class OdinTckTest {

  private static final TestExecutionSummary SUMMARY = run(IncompleteTests.class);

  private static TestExecutionSummary run(Class<?> testClass) {
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request().selectors(selectClass(testClass)).build();
    LauncherFactory.create().execute(request, listener);
    return listener.getSummary();
  }

  private static List<String> failures() {
    return SUMMARY.getFailures().stream()
        .map(failure -> String.valueOf(failure.getException().getMessage()))
        .toList();
  }

  @Test
  void kits_thatAreMissingOrDisabled_failTheClass() {
    assertThat(SUMMARY.getContainersFailedCount()).isEqualTo(1);
    assertThat(failures())
        .anySatisfy(
            message ->
                assertThat(message)
                    .startsWith("store kits not run by IncompleteTests: ")
                    .contains("NamespaceStoreTck", "ShardStoreTck"));
  }

  @Test
  void refusal_ofWhatIsNotDeclared_isReportedAsRefused() throws IOException {
    assertThat(SUMMARY.getTestsAbortedCount()).isEqualTo(1);
    assertThat(report()).contains("refused XX-01  SampleTck.refuses");
  }

  @Test
  void success_ofWhatIsNotDeclared_isAFailure() throws IOException {
    assertThat(SUMMARY.getTestsFailedCount()).isEqualTo(1);
    assertThat(failures())
        .anySatisfy(
            message ->
                assertThat(message).startsWith("declared unsupported but the call succeeded"));
    assertThat(report()).contains("FAIL    XX-02  SampleTck.succeeds");
  }

  @Test
  void everythingElse_isReportedAsPassed() throws IOException {
    assertThat(report())
        .contains(
            "pass    XX-03  SampleTck.passes",
            "IncompleteTests: 1 passed, 1 refused as declared, 1 failed");
  }

  private static List<String> report() throws IOException {
    return Files.readAllLines(
        Path.of("target", "odin-tck", IncompleteTests.class.getName() + ".txt"));
  }

  static class IncompleteTests {
    @RegisterExtension
    static final OdinTck tck = OdinTck.of(new IdleProvider(), () -> idle(TckDatabase.class));

    @Nested
    class Sample extends SampleTck {}

    @Nested
    @Disabled("the class must fail because of it")
    class Shards extends ShardStoreTck {}
  }

  abstract static class SampleTck extends StoreTck {

    @Test
    @Scenario("XX-01")
    @Requires(Capability.SQL_FUNCTIONS)
    void refuses() {
      throw new UnsupportedCapabilityException(provider().name(), Capability.SQL_FUNCTIONS);
    }

    @Test
    @Scenario("XX-02")
    @Requires(Capability.SQL_FUNCTIONS)
    void succeeds() {
      assertThat(provider().capabilities()).isEmpty();
    }

    @Test
    @Scenario("XX-03")
    void passes() {
      assertThat(persistence()).isNotNull();
    }
  }

  private static final class IdleProvider implements PersistenceProvider {
    @Override
    public String name() {
      return "idle";
    }

    @Override
    public boolean accepts(String url) {
      return false;
    }

    @Override
    public Set<Capability> capabilities() {
      return Set.of();
    }

    @Override
    public Limits limits() {
      return Limits.DEFAULTS;
    }

    @Override
    public Persistence open(PersistenceConfig config) {
      return idle(Persistence.class);
    }

    @Override
    public Schema schema(PersistenceConfig config) {
      return idle(Schema.class);
    }
  }

  /** An implementation that does nothing and whose configuration has no database. */
  private static <T> T idle(Class<T> type) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> answer(method.getName())));
  }

  private static @Nullable Object answer(String method) {
    return method.equals("config") ? PersistenceConfig.builder("jdbc:nowhere").build() : null;
  }
}
