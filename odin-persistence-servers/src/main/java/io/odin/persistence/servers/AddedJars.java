package io.odin.persistence.servers;

import java.util.Optional;

/**
 * The directory of a distribution to which users add jars that the distribution does not have. The
 * script that starts the program names it in a system property.
 */
public final class AddedJars {

  private static final String DIRECTORY = "odin.lib.ext";

  private AddedJars() {}

  /** What to do with a missing jar; empty if the program was not started from a distribution. */
  public static Optional<String> advice() {
    return Optional.ofNullable(System.getProperty(DIRECTORY))
        .map(directory -> "put its jar into " + directory + ", see README.md there");
  }

  /** A message about a missing jar, with what to do about it. */
  static String missing(String message) {
    return message + advice().map(advice -> ": " + advice).orElse("");
  }
}
