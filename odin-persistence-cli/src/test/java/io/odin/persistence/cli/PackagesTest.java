package io.odin.persistence.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How the packages of the command line depend on each other. */
class PackagesTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .importUrl(Odin.class.getProtectionDomain().getCodeSource().getLocation());

  @Test
  void packages_areFreeOfCycles() {
    slices().matching("io.odin.persistence.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  /** An example for users: what they cannot reach, it does not use. */
  @Test
  void theEngineOfTheDemo_usesTheApiAlone() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "io.odin.persistence.cli.demo.concurrent",
            "io.odin.persistence.cli.demo.engine",
            "io.odin.persistence.cli.demo.order")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.sql..",
            "io.odin.persistence.internal..",
            "io.odin.persistence.sql..",
            "io.odin.persistence.postgres..",
            "io.odin.persistence.mysql..",
            "io.odin.persistence.servers..",
            "io.odin.persistence.cli",
            "io.odin.persistence.cli.demo",
            "io.odin.persistence.cli.demo.audit",
            "io.odin.persistence.cli.demo.load",
            "io.odin.persistence.cli.retention")
        .check(CLASSES);
  }

  @Test
  void packages_haveNoMoreThan25Files() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      Map<String, Long> counts =
          files
              .filter(Files::isRegularFile)
              .collect(
                  Collectors.groupingBy(
                      file -> String.valueOf(file.getParent()), Collectors.counting()));

      assertThat(counts).hasSizeGreaterThan(8);
      assertThat(counts.values()).allMatch(count -> count <= 25);
    }
  }
}
