package io.odin.persistence.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.odin.persistence.Persistence;
import io.odin.persistence.PersistenceConfig;
import io.odin.persistence.error.InvalidRequestException;
import io.odin.persistence.health.HealthReport.Status;
import io.odin.persistence.spi.PersistenceProvider;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The backend is found on the class path (SE-09). */
class DiscoveryTest {

  @Test
  void open_findsTheBackendByUrlAndByName() {
    try (PostgresTckDatabase database = TestPostgres.V18.database()) {
      PersistenceConfig byUrl = database.config();
      PersistenceConfig byName = byUrl.toBuilder().backend("postgres").build();
      Persistence.schemaOf(byUrl).migrate();

      try (Persistence first = Persistence.open(byUrl);
          Persistence second = Persistence.open(byName)) {
        assertThat(first.backend()).isEqualTo("postgres");
        assertThat(second.backend()).isEqualTo("postgres");
        assertThat(first.check().status()).isNotEqualTo(Status.FAILURE);
      }
    }
  }

  @Test
  void open_withAnUnknownName_listsWhatIsThere() {
    PersistenceConfig config =
        PersistenceConfig.builder("jdbc:postgresql://localhost/odin").backend("oracle").build();

    assertThatThrownBy(() -> Persistence.open(config))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContainingAll("oracle", "postgres");
  }

  @Test
  void open_withAnUnknownUrl_listsWhatIsThere() {
    PersistenceConfig config = PersistenceConfig.builder("jdbc:oracle:thin:@localhost").build();

    assertThatThrownBy(() -> Persistence.schemaOf(config))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("found there: postgres");
  }

  @Test
  void open_withTwoBackendsOfOneName_isRefused(@TempDir Path directory) throws IOException {
    Path services = Files.createDirectories(directory.resolve("META-INF/services"));
    Files.writeString(
        services.resolve(PersistenceProvider.class.getName()), Impostor.class.getName());
    PersistenceConfig config =
        PersistenceConfig.builder("jdbc:postgresql://localhost/odin").backend("postgres").build();
    Thread thread = Thread.currentThread();
    ClassLoader usual = thread.getContextClassLoader();

    try (URLClassLoader both = new URLClassLoader(new URL[] {directory.toUri().toURL()}, usual)) {
      thread.setContextClassLoader(both);
      assertThatThrownBy(() -> Persistence.open(config))
          .isInstanceOf(InvalidRequestException.class)
          .hasMessageContaining("postgres is on the class path twice");
    } finally {
      thread.setContextClassLoader(usual);
    }
  }

  /** Another backend that calls itself postgres. */
  public static final class Impostor extends StandInProvider {

    /** For ServiceLoader. */
    public Impostor() {}
  }
}
