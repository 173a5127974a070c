package io.odin.persistence.consumers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The page of supported versions names what the applications are built and started with. */
class SupportTest {

  private static final String NONE = "none";
  private static final Path PAGE = Path.of("..", "docs", "support.md");

  @BeforeAll
  static void build() throws IOException {
    Build.run();
  }

  @ParameterizedTest
  @EnumSource
  void page_hasTheVersionsOfTheApplication(Consumer consumer) throws IOException {
    List<String> cells =
        List.of(
            consumer.description(),
            version(consumer, "jooq"),
            version(consumer, "liquibase-core"),
            version(consumer, "HikariCP"),
            version(consumer, "slf4j-api"),
            version(consumer, "jackson-core"),
            driver(consumer));

    assertThat(page()).contains("| " + String.join(" | ", cells) + " |");
  }

  @ParameterizedTest
  @CsvSource({
    "jOOQ, jooq",
    "Liquibase, liquibase-core",
    "HikariCP, HikariCP",
    "jackson-core, jackson-core"
  })
  void page_hasTheRangeOfVersions(String library, String artifact) throws IOException {
    SortedSet<Version> versions = new TreeSet<>();
    for (Consumer consumer : Consumer.values()) {
      String version = version(consumer, artifact);
      if (!version.equals(NONE)) {
        versions.add(Version.parse(version));
      }
    }

    assertThat(page())
        .contains(
            "| %s | %s to %s"
                .formatted(library, minor(versions.getFirst()), minor(versions.getLast())));
  }

  private static String minor(Version version) {
    return version.toString().replaceFirst("^(\\d+\\.\\d+).*", "$1");
  }

  private static String driver(Consumer consumer) throws IOException {
    return consumer == Consumer.MYSQL
        ? "MySQL " + version(consumer, "mysql-connector-j")
        : "PostgreSQL " + version(consumer, "postgresql");
  }

  private static String version(Consumer consumer, String artifact) throws IOException {
    Pattern jar = Pattern.compile(Pattern.quote(artifact) + "-(\\d.*)\\.jar");
    return consumer.jars().stream()
        .map(path -> jar.matcher(path.getFileName().toString()))
        .filter(Matcher::matches)
        .map(matcher -> matcher.group(1))
        .findFirst()
        .orElse(NONE);
  }

  @Test
  void page_hasTheVersionsOfTheBuild() throws IOException {
    List<String> postgres =
        Stream.of(property("consumers.postgres").split(" ", -1))
            .map(version -> version.substring(0, version.indexOf('.')))
            .toList();

    assertThat(page())
        .contains("| Java | " + property("consumers.jdk") + " or later |")
        .contains(
            "| PostgreSQL | %s or later, tested with %s |"
                .formatted(postgres.getFirst(), String.join(", ", postgres)));
  }

  private static String page() throws IOException {
    return Files.readString(PAGE);
  }

  private static String property(String name) {
    return Objects.requireNonNull(System.getProperty(name), name);
  }
}
