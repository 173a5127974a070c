package io.odin.persistence.spi;

import io.odin.persistence.PersistenceConfig;
import io.odin.persistence.error.InvalidRequestException;
import io.odin.persistence.internal.Require;
import java.util.Collection;
import java.util.List;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Finds the backend on the class path. */
public final class Providers {

  private Providers() {}

  /**
   * The backend that a configuration names, or else the one that accepts its URL. A named backend
   * may have a URL that no backend accepts.
   *
   * @throws InvalidRequestException listing the names found on the class path, if none fits, or two
   *     have the same name; or if another backend than the named one accepts the URL
   */
  public static PersistenceProvider find(PersistenceConfig config) {
    return find(
        config,
        ServiceLoader.load(PersistenceProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .toList());
  }

  static PersistenceProvider find(PersistenceConfig config, List<PersistenceProvider> all) {
    TreeMap<String, PersistenceProvider> byName = new TreeMap<>();
    for (PersistenceProvider provider : all) {
      if (byName.put(provider.name(), provider) != null) {
        throw new InvalidRequestException(
            "backend",
            provider.name() + " is on the class path twice: leave one in; " + found(all));
      }
    }
    Predicate<PersistenceProvider> wanted =
        config.backend().isPresent()
            ? provider -> provider.name().equals(config.backend().get())
            : provider -> provider.accepts(config.url());
    PersistenceProvider found =
        byName.values().stream()
            .filter(wanted)
            .findFirst()
            .orElseThrow(
                () ->
                    new InvalidRequestException(
                        "backend",
                        config
                                .backend()
                                .map(name -> name + " is not known: put")
                                .orElse("cannot be derived from the URL: correct it, or put")
                            + " the backend's jar on the class path; "
                            + found(all)));
    requireUrl(config, found, byName.values());
    return found;
  }

  /** A URL that no backend accepts may be that of a driver which wraps another. */
  private static void requireUrl(
      PersistenceConfig config, PersistenceProvider found, Collection<PersistenceProvider> all) {
    if (found.accepts(config.url())) {
      return;
    }
    for (PersistenceProvider other : all) {
      Require.that(
          !other.accepts(config.url()),
          "backend",
          "is %s, but the URL is one of %s: correct either, or name no backend"
              .formatted(found.name(), other.name()));
    }
  }

  private static String found(List<PersistenceProvider> all) {
    return all.isEmpty()
        ? "no backend was found there"
        : "found there: "
            + String.join(", ", all.stream().map(PersistenceProvider::name).sorted().toList());
  }
}
