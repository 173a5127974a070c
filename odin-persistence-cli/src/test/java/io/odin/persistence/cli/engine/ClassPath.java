package io.odin.persistence.cli.engine;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Parts of this JVM's class path, for another JVM. */
final class ClassPath {

  /** A module of this project: the directory of its classes, or its jar. */
  private static final Pattern MODULE =
      Pattern.compile(
          "odin-persistence-(\\w+)([/\\\\]target[/\\\\][^/\\\\]+|-\\d[^/\\\\]*\\.jar)$");

  private static final Set<String> DATABASES = Set.of("postgres", "mysql");

  private ClassPath() {}

  /** The API and nothing else. */
  static String ofTheApi() {
    return only(Set.of("api")::contains, library -> false);
  }

  /** The library without a backend, and all third-party jars but the drivers. */
  static String withoutBackend() {
    return only(Set.of("api", "sql")::contains, ClassPath::servesNoDatabase);
  }

  /** The same with one backend and its driver. */
  static String with(String backend) {
    return only(
        Set.of("api", "sql", backend)::contains,
        library -> servesNoDatabase(library) || library.contains(backend));
  }

  private static boolean servesNoDatabase(String library) {
    return DATABASES.stream().noneMatch(library::contains);
  }

  private static String only(Predicate<String> modules, Predicate<String> libraries) {
    // Maven runs tests with a jar that points to their class path, and names it in a property.
    String all =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    List<String> wanted =
        Stream.of(all.split(File.pathSeparator, -1))
            .filter(
                entry -> {
                  Matcher module = MODULE.matcher(entry);
                  return module.find()
                      ? modules.test(module.group(1))
                      : libraries.test(Path.of(entry).getFileName().toString());
                })
            .toList();
    return String.join(File.pathSeparator, wanted);
  }
}
