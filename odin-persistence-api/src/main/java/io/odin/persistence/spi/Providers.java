package io.odin.persistence.spi;

import io.odin.persistence.PersistenceConfig;
import io.odin.persistence.error.InvalidRequestException;
import java.util.List;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Finds the backend on the class path. */
public final class Providers {

  private Providers() {}

  /**
   * The backend that a configuration asks for by name, or else the one that accepts its URL.
   *
   * @throws InvalidRequestException listing the names found on the class path, if none fits, or two
   *     bear the same name
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
    return byName.values().stream()
        .filter(wanted)
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidRequestException(
                    "backend",
                    config
                            .backend()
                            .map(name -> name + " is not known")
                            .orElse("cannot be told from the URL")
                        + ": put its jar on the class path; "
                        + found(all)));
  }

  private static String found(List<PersistenceProvider> all) {
    return all.isEmpty()
        ? "no backend was found there"
        : "found there: "
            + String.join(", ", all.stream().map(PersistenceProvider::name).sorted().toList());
  }
}
