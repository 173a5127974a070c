package io.odin.persistence.benchmarks;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.odin.persistence.sql.SqlProvider;
import io.odin.persistence.sql.connection.Connector;
import io.odin.persistence.sql.connection.JdbcUrl;
import io.odin.persistence.sql.connection.MigrationLock;
import io.odin.persistence.sql.connection.PrimaryCheck;
import io.odin.persistence.sql.connection.TlsFailure;
import io.odin.persistence.sql.database.Database;
import io.odin.persistence.sql.database.Dialect;
import io.odin.persistence.sql.database.ExpectedStep;
import io.odin.persistence.sql.database.FailureKind;
import io.odin.persistence.sql.database.HealthProbe;
import io.odin.persistence.sql.database.JoinedStatements;
import io.odin.persistence.sql.database.MessageChannel;
import io.odin.persistence.sql.database.Pipeline;
import io.odin.persistence.sql.database.SchemaUse;
import io.odin.persistence.sql.database.SequentialPipeline;
import io.odin.persistence.sql.database.Session;
import io.odin.persistence.sql.database.StatementMode;
import io.odin.persistence.sql.statement.Binds;
import io.odin.persistence.sql.statement.BulkStatements;
import io.odin.persistence.sql.statement.Deferred;
import io.odin.persistence.sql.statement.JdbcTypes;
import io.odin.persistence.sql.statement.NumberSet;
import io.odin.persistence.sql.statement.Parameters;
import io.odin.persistence.sql.statement.PayloadColumns;
import io.odin.persistence.sql.statement.Renderer;
import io.odin.persistence.sql.statement.Row;
import io.odin.persistence.sql.statement.RowShape;
import io.odin.persistence.sql.statement.Sql;
import io.odin.persistence.sql.statement.SqlForms;
import io.odin.persistence.sql.statement.Step;
import io.odin.persistence.sql.statement.Write;
import io.odin.persistence.sql.task.ClaimedTask;
import io.odin.persistence.sql.task.PollBudget;
import io.odin.persistence.sql.task.PollWatermark;
import io.odin.persistence.sql.task.TaskMapper;
import io.odin.persistence.sql.task.TaskQueueLeasesTable;
import io.odin.persistence.sql.task.TaskStatements;
import io.odin.persistence.sql.visibility.AttributeCondition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Calendar;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/**
 * The rules between the modules and for all of them; those of the API alone are in its own tests.
 * They are here because this module is built last, when the classes of all others are there.
 */
class ProjectRulesTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final String PROJECT = "io.odin.persistence..";
  private static final String SQL = "io.odin.persistence.sql..";
  private static final String TCK = "io.odin.persistence.tck..";
  private static final String TCK_DATABASE = "io.odin.persistence.tck.database";
  private static final String SERVERS = "io.odin.persistence.servers..";
  private static final String CLI = "io.odin.persistence.cli..";
  private static final String BENCHMARKS = "io.odin.persistence.benchmarks..";
  private static final String JOOQ_FAMILY = "org.jooq.SQLDialect";
  private static final String SERVICE =
      "META-INF/services/io.odin.persistence.spi.PersistenceProvider";

  private static final List<Path> MODULES = modules();
  private static final List<String> BACKENDS = backends();
  private static final JavaClasses MAIN = classesIn("classes");
  private static final JavaClasses TESTS = classesIn("test-classes");

  private static final DescribedPredicate<JavaClass> SQL_OR_BACKEND =
      resideInAnyPackage(Stream.concat(Stream.of(SQL), BACKENDS.stream()).toArray(String[]::new));

  private static final Class<?>[] SEAM = {
    SqlProvider.class,
    Dialect.class,
    ExpectedStep.class,
    Pipeline.class,
    SequentialPipeline.class,
    JoinedStatements.class,
    MessageChannel.class,
    StatementMode.class,
    Connector.class,
    PrimaryCheck.class,
    JdbcUrl.class,
    TlsFailure.class,
    MigrationLock.class,
    HealthProbe.class,
    SchemaUse.class,
    FailureKind.class,
    Renderer.class,
    SqlForms.class,
    Sql.class,
    Binds.class,
    Step.class,
    Write.class,
    Row.class,
    PayloadColumns.class,
    RowShape.class,
    BulkStatements.class,
    JdbcTypes.class,
    NumberSet.class,
    Parameters.class,
    Deferred.class,
    TaskStatements.class,
    TaskMapper.class,
    TaskQueueLeasesTable.class,
    PollWatermark.class,
    PollBudget.class,
    ClaimedTask.class,
    AttributeCondition.class
  };

  private static final DescribedPredicate<JavaClass> IN_THE_API =
      resideInAPackage(PROJECT)
          .and(not(SQL_OR_BACKEND))
          .and(not(resideInAnyPackage(TCK, SERVERS, CLI, BENCHMARKS)))
          .as("in the API");

  @Test
  void everyModule_isLookedAt() {
    assertThat(MODULES).hasSizeGreaterThanOrEqualTo(6);
    assertThat(MODULES.stream().map(module -> module.resolve("target/classes/io")))
        .as("not compiled yet: ./mvnw verify compiles all")
        .allMatch(Files::isDirectory);
    assertThat(BACKENDS).contains("io.odin.persistence.postgres..");
  }

  @Test
  void jooqAndLiquibase_stayInTheSqlModulesAndTheBackends() {
    noClasses()
        .that(not(SQL_OR_BACKEND))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.jooq..", "liquibase..")
        .check(MAIN);
  }

  /** The API brings the streaming parser; nothing else of Jackson is on a backend's class path. */
  @Test
  void librariesUseNoJacksonButItsParser_whichTheApiHides() {
    noClasses()
        .that(SQL_OR_BACKEND.or(IN_THE_API))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "com.fasterxml.jackson.databind..", "com.fasterxml.jackson.annotation..")
        .check(MAIN);
    noClasses()
        .that(SQL_OR_BACKEND)
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.fasterxml.jackson..")
        .check(MAIN);
  }

  @Test
  void stores_areReachedThroughTheApiOnly() {
    classes()
        .that()
        .resideInAPackage(SQL)
        .and()
        .areAssignableTo(
            DescribedPredicate.describe(
                "a store of the API",
                (JavaClass type) ->
                    type.isInterface()
                        && type.getSimpleName().endsWith("Store")
                        && !resideInAPackage(SQL).test(type)))
        .should()
        .bePackagePrivate()
        .check(MAIN);
  }

  /** A backend knows the API, the SQL module, and itself: neither another backend nor a program. */
  @Test
  void backends_dependOnNoModuleButTheApiAndSql() {
    for (String backend : BACKENDS) {
      classes()
          .that()
          .resideInAPackage(backend)
          .should()
          .onlyDependOnClassesThat(
              not(resideInAPackage(PROJECT))
                  .or(resideInAPackage(backend))
                  .or(resideInAPackage(SQL))
                  .or(IN_THE_API))
          .check(MAIN);
    }
  }

  /** Whatever a backend extends, implements or is given; all else of the SQL module may change. */
  @Test
  void backends_useOnlyTheSeam() {
    classes()
        .that()
        .resideInAnyPackage(BACKENDS.toArray(String[]::new))
        .should()
        .onlyDependOnClassesThat(not(resideInAPackage(SQL)).or(belongToAnyOf(SEAM)))
        .check(MAIN);
  }

  /** A dialect answers; it runs nothing by itself and calls nothing back. */
  @Test
  void dialect_knowsNoSession() {
    noClasses()
        .that()
        .belongToAnyOf(
            Dialect.class,
            Pipeline.class,
            SequentialPipeline.class,
            MessageChannel.class,
            SqlForms.class,
            TaskStatements.class,
            AttributeCondition.class)
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(Session.class, Database.class)
        .check(MAIN);
  }

  /** What depends on the database is asked of {@link SqlForms}: a new one needs no line there. */
  @Test
  void sql_asksForNoFamilyOfDatabases() {
    noClasses()
        .that()
        .resideInAPackage(SQL)
        .and()
        .doNotBelongToAnyOf(Renderer.class, SqlForms.class)
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName(JOOQ_FAMILY)
        .orShould()
        .callMethodWhere(
            DescribedPredicate.describe(
                "the target is a family of databases",
                (JavaCall<?> call) ->
                    call.getTarget().getRawReturnType().getName().equals(JOOQ_FAMILY)))
        .check(MAIN);
  }

  @Test
  void areasOfTheSqlModule_areFreeOfCycles() {
    slices().matching("io.odin.persistence.sql.(*)..").should().beFreeOfCycles().check(MAIN);
    noClasses()
        .that()
        .resideInAPackage("io.odin.persistence.sql.*..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.odin.persistence.sql")
        .check(MAIN);
  }

  @Test
  void apiAndSql_knowNoBackendAndNoProgram() {
    noClasses()
        .that(IN_THE_API.or(resideInAPackage(SQL)))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            Stream.concat(BACKENDS.stream(), Stream.of(TCK, SERVERS, CLI, BENCHMARKS))
                .toArray(String[]::new))
        .check(MAIN);
  }

  /** The kit judges every backend, so it knows none. */
  @Test
  void tck_knowsTheApiOnly() {
    classes()
        .that()
        .resideInAPackage(TCK)
        .should()
        .onlyDependOnClassesThat(
            not(resideInAPackage(PROJECT)).or(resideInAPackage(TCK)).or(IN_THE_API))
        .check(MAIN);
  }

  @Test
  void packagesOfTheTck_areFreeOfCycles() {
    slices()
        .matching("io.odin.persistence.(**)")
        .should()
        .beFreeOfCycles()
        .check(MAIN.that(resideInAPackage(TCK)));
  }

  /** What a backend's author implements needs neither the kits nor the harness. */
  @Test
  void databaseOfTheTck_knowsNoOtherPackageOfTheTck() {
    noClasses()
        .that()
        .resideInAPackage(TCK_DATABASE)
        .should()
        .dependOnClassesThat(resideInAPackage(TCK).and(not(resideInAPackage(TCK_DATABASE))))
        .check(MAIN);
  }

  /** Tests of other modules run all kits by EveryKit and name none of them. */
  @Test
  void kitsOfAnArea_areUsedByTheTckOnly() {
    noClasses()
        .that(not(resideInAPackage(TCK)))
        .should()
        .dependOnClassesThat(
            resideInAPackage(TCK)
                .and(
                    not(
                        resideInAnyPackage(
                            "io.odin.persistence.tck",
                            TCK_DATABASE,
                            "io.odin.persistence.tck.harness"))))
        .check(TESTS);
  }

  @Test
  void internals_areForTheSqlModuleAndTheBackends() {
    noClasses()
        .that(not(SQL_OR_BACKEND.or(IN_THE_API)))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.odin.persistence.internal..")
        .check(MAIN);
  }

  /** A library says nothing on its own; the programs and the kit's report do. */
  @Test
  void libraries_leaveTheStandardStreamsAlone() {
    noClasses().that(SQL_OR_BACKEND.or(IN_THE_API)).should(ACCESS_STANDARD_STREAMS).check(MAIN);
  }

  @Test
  void noClass_usesDatesOfTheOldKind() {
    for (JavaClasses all : List.of(MAIN, TESTS)) {
      noClasses()
          .that()
          .doNotBelongToAnyOf(ProjectRulesTest.class)
          .should()
          .dependOnClassesThat()
          .belongToAnyOf(Date.class, Calendar.class, GregorianCalendar.class)
          .check(all);
    }
    // The similar types of java.sql are what drivers return where no type is asked for.
    noClasses()
        .that(SQL_OR_BACKEND.or(IN_THE_API))
        .should()
        .dependOnClassesThat()
        .areAssignableTo(Date.class)
        .check(MAIN);
  }

  /** Waiting for a time to pass proves nothing: await a condition. */
  @Test
  void noClass_sleeps() {
    for (JavaClasses all : List.of(MAIN, TESTS)) {
      noClasses().should().callMethodWhere(targetIsSleep()).check(all);
    }
  }

  @Test
  void everyPackage_isNullMarked() {
    assertThat(packagesOf(MAIN))
        .as("packages without a package-info that says @NullMarked")
        .filteredOn(
            each ->
                each.tryGetPackageInfo()
                    .filter(info -> info.isAnnotatedWith(NullMarked.class))
                    .isEmpty())
        .isEmpty();
  }

  private static DescribedPredicate<JavaAccess<?>> targetIsSleep() {
    return DescribedPredicate.describe(
        "the target sleeps",
        call -> {
          AccessTarget target = call.getTarget();
          return target.getName().equals("sleep")
              && (target.getOwner().isEquivalentTo(Thread.class)
                  || target.getOwner().isEquivalentTo(TimeUnit.class));
        });
  }

  private static List<JavaPackage> packagesOf(JavaClasses all) {
    return all.stream().map(JavaClass::getPackage).distinct().toList();
  }

  /** The modules that the parent names and that have sources. */
  private static List<Path> modules() {
    try {
      String parent = Files.readString(ROOT.resolve("pom.xml"));
      return Pattern.compile("<module>([^<]+)</module>")
          .matcher(parent)
          .results()
          .map(match -> ROOT.resolve(match.group(1)))
          .filter(module -> Files.isDirectory(module.resolve("src/main/java")))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The packages of the providers that the modules register. */
  private static List<String> backends() {
    return MODULES.stream()
        .map(module -> module.resolve("src/main/resources").resolve(SERVICE))
        .filter(Files::exists)
        .flatMap(ProjectRulesTest::lines)
        .map(provider -> provider.substring(0, provider.lastIndexOf('.')) + "..")
        .toList();
  }

  private static Stream<String> lines(Path file) {
    try {
      return Files.readAllLines(file).stream().filter(Predicate.not(String::isBlank));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JavaClasses classesIn(String folder) {
    return new ClassFileImporter()
        .importPaths(
            MODULES.stream()
                .map(module -> module.resolve("target").resolve(folder))
                .filter(Files::isDirectory)
                .toList());
  }
}
