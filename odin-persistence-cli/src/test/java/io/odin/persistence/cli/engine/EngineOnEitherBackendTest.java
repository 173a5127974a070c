package io.odin.persistence.cli.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.odin.persistence.cli.engine.EngineJar.Outcome;
import io.odin.persistence.servers.DatabaseProduct;
import io.odin.persistence.servers.DatabaseServer;
import io.odin.persistence.servers.Durability;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same engine runs on whichever backend is on the class path. */
class EngineOnEitherBackendTest {

  @TempDir private static Path folder;
  private static EngineJar engine;

  @BeforeAll
  static void compile() throws Exception {
    engine = EngineJar.compile(folder);
  }

  @ParameterizedTest
  @CsvSource({"postgres, POSTGRES", "mysql, MYSQL"})
  void theSameJarDoesTheSame(String backend, DatabaseProduct product) throws Exception {
    try (DatabaseServer server = product.start(Durability.NONE, Map.of())) {
      Outcome outcome =
          engine.run(
              ClassPath.with(backend), server.create("odin"), server.user(), server.password());

      assertThat(outcome.exitCode()).as(outcome.err()).isZero();
      assertThat(outcome.out())
          .containsExactly(
              "on " + backend,
              "order-12345 completed, version 2",
              "event 1 Started {\"amount\":5}",
              "event 2 Done {\"step\":\"ship\"}",
              "tasks left 0");
    }
  }

  @Test
  void withoutABackendItSaysWhatIsMissing() throws Exception {
    isRefused(ClassPath.withoutBackend(), "no backend was found there");
  }

  @Test
  void withAnotherBackendItSaysWhatWasFound() throws Exception {
    isRefused(ClassPath.with("postgres"), "found there: postgres");
  }

  private static void isRefused(String classPath, String found) throws Exception {
    Outcome outcome = engine.run(classPath, "jdbc:mysql://localhost/odin", "root", "");

    assertThat(outcome.exitCode()).isNotZero();
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err())
        .contains("backend cannot be derived from the URL: ", "jar on the class path; " + found);
  }
}
