package io.odin.persistence.consumers;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.core.importer.resolvers.SelectedClassResolverFromClasspath;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Everything that this project's classes name of other libraries is there, in whatever version an
 * application has of them. A method that is missing would only fail when it is called.
 */
class LinkTest {

  private static final String PROJECT = "io.odin.persistence.";
  private static final Pattern JARS =
      Pattern.compile(
          "(odin-persistence|jooq|liquibase-core|HikariCP|cron-utils|slf4j-api|jackson-core"
              + "|r2dbc-spi|reactive-streams|postgresql|mysql-connector-j)-.*");

  @BeforeAll
  static void build() throws IOException {
    Build.run();
    // Classes of the JDK, and no other version of a library.
    ArchConfiguration configuration = ArchConfiguration.get();
    configuration.setClassResolver(SelectedClassResolverFromClasspath.class);
    configuration.setClassResolverArguments("java", "javax");
  }

  @ParameterizedTest
  @EnumSource(names = {"PLAIN", "NEWEST_JOOQ", "MYSQL", "SPRING_BOOT_3", "SPRING_BOOT_4"})
  void whatThisProjectNamesOfLibraries_isThere(Consumer consumer) throws IOException {
    List<Location> jars =
        consumer.jars().stream()
            .filter(jar -> JARS.matcher(jar.getFileName().toString()).matches())
            .map(jar -> Location.of(URI.create("jar:" + jar.toUri() + "!/")))
            .toList();
    JavaClasses classes = new ClassFileImporter().importLocations(jars);

    List<JavaAccess<?>> accesses =
        classes.stream()
            .filter(LinkTest::isOfProject)
            .flatMap(type -> type.getAccessesFromSelf().stream())
            .filter(access -> isOfLibrary(access.getTargetOwner()))
            .toList();

    assertThat(accesses).hasSizeGreaterThan(500);
    assertThat(accesses)
        .filteredOn(LinkTest::isUnresolved)
        .extracting(JavaAccess::getDescription)
        .isEmpty();
  }

  /** An interface has the public methods of Object too, which no class file of it declares. */
  private static boolean isUnresolved(JavaAccess<?> access) {
    return access.getTarget().resolveMember().isEmpty()
        && !(access.getTargetOwner().isInterface()
            && Stream.of(Object.class.getMethods())
                .map(Method::getName)
                .anyMatch(access.getTarget().getName()::equals));
  }

  private static boolean isOfProject(JavaClass type) {
    return type.getPackageName().startsWith(PROJECT);
  }

  private static boolean isOfLibrary(JavaClass type) {
    return !isOfProject(type)
        && !type.getPackageName().startsWith("java")
        && !type.isArray()
        && !type.isPrimitive();
  }
}
