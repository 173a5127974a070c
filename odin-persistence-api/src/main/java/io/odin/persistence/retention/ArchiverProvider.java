package io.odin.persistence.retention;

import io.odin.persistence.error.InvalidRequestException;
import java.net.URI;
import java.util.List;
import java.util.ServiceLoader;

/**
 * A kind of archive, found by {@link ServiceLoader} under this type. Stateless and thread-safe,
 * with a public constructor without parameters.
 */
public interface ArchiverProvider {

  /** The scheme of its locations, in lower case: "file", "s3". */
  String scheme();

  /**
   * Opens an archive.
   *
   * @param location a location of this scheme; the provider interprets the rest, including settings
   * @throws InvalidRequestException if it is not writable
   */
  Archiver open(URI location);

  /**
   * The provider on the class path that accepts a location.
   *
   * @throws InvalidRequestException listing the schemes found, if there is none
   */
  static ArchiverProvider find(URI location) {
    List<ArchiverProvider> all =
        ServiceLoader.load(ArchiverProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .toList();
    return all.stream()
        .filter(provider -> provider.scheme().equalsIgnoreCase(location.getScheme()))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidRequestException(
                    "location",
                    "has a scheme that no archiver has: it must begin with one of "
                        + all.stream().map(provider -> provider.scheme() + ":").sorted().toList()));
  }
}
