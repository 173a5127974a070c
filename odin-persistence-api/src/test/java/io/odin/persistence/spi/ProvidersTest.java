package io.odin.persistence.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.odin.persistence.Limits;
import io.odin.persistence.Persistence;
import io.odin.persistence.PersistenceConfig;
import io.odin.persistence.error.InvalidRequestException;
import io.odin.persistence.schema.Schema;
import io.odin.persistence.value.Capability;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProvidersTest {

  private static final PersistenceProvider ONE = new Named("one");
  private static final PersistenceProvider TWO = new Named("two");

  private final PersistenceConfig byUrl = PersistenceConfig.builder("jdbc:two://h/db").build();
  private final PersistenceConfig byName = byUrl.toBuilder().backend("one").build();

  @Test
  void find_byUrl() {
    assertThat(Providers.find(byUrl, List.of(ONE, TWO))).isSameAs(TWO);
  }

  @Test
  void find_byName_ifNoBackendAcceptsTheUrl() {
    PersistenceConfig wrapped =
        PersistenceConfig.builder("jdbc:wrapper:one://h/db").backend("one").build();

    assertThat(Providers.find(wrapped, List.of(TWO, ONE))).isSameAs(ONE);
    assertThat(Providers.find(byName, List.of(ONE))).isSameAs(ONE);
  }

  @Test
  void find_byName_withTheUrlOfAnother_isRefused() {
    assertRefused(
        byName,
        List.of(TWO, ONE),
        "backend is one, but the URL is one of two: correct either, or name no backend");
  }

  @Test
  void find_unknownName_listsWhatIsThere() {
    assertRefused(
        byUrl.toBuilder().backend("three").build(),
        List.of(TWO, ONE),
        "backend three is not known: put the backend's jar on the class path; found there: one,"
            + " two");
  }

  @Test
  void find_unknownUrl_listsWhatIsThere_andDoesNotShowTheUrl() {
    assertRefused(
        PersistenceConfig.builder("jdbc:three://u:secret@h/db").build(),
        List.of(TWO, ONE),
        "backend cannot be derived from the URL: correct it, or put the backend's jar on the class"
            + " path; found there: one, two");
  }

  @Test
  void find_nothingThere_saysSo() {
    assertRefused(
        byName,
        List.of(),
        "backend one is not known: put the backend's jar on the class path; no backend was found"
            + " there");
  }

  @Test
  void find_twoOfOneName_isRefused_evenIfAnotherIsAskedFor() {
    String message =
        "backend two is on the class path twice: leave one in; found there: one, two, two";
    assertRefused(byName, List.of(TWO, ONE, new Named("two")), message);
    assertRefused(byUrl, List.of(TWO, ONE, new Named("two")), message);
  }

  @Test
  void open_asksServiceLoader_whichFindsNoneHere() {
    assertThatExceptionOfType(InvalidRequestException.class)
        .isThrownBy(() -> Persistence.open(byName))
        .withMessageContaining("no backend was found there");
    assertThatExceptionOfType(InvalidRequestException.class)
        .isThrownBy(() -> Persistence.schemaOf(byUrl))
        .withMessageContaining("no backend was found there");
  }

  private static void assertRefused(
      PersistenceConfig config, List<PersistenceProvider> all, String message) {
    assertThatExceptionOfType(InvalidRequestException.class)
        .isThrownBy(() -> Providers.find(config, all))
        .withMessage(message);
  }

  /** Accepts URLs that begin with its name; opens nothing. */
  private record Named(String name) implements PersistenceProvider {

    @Override
    public boolean accepts(String url) {
      return url.startsWith("jdbc:" + name + ":");
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
      throw new AssertionError("is not called by find");
    }

    @Override
    public Schema schema(PersistenceConfig config) {
      throw new AssertionError("is not called by find");
    }
  }
}
