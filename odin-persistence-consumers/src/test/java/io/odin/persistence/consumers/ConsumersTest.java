package io.odin.persistence.consumers;

import static org.assertj.core.api.Assertions.assertThat;

import io.odin.persistence.servers.DatabaseServer;
import io.odin.persistence.servers.Durability;
import io.odin.persistence.servers.MySqlServer;
import io.odin.persistence.servers.PostgresServer;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each application runs the example of the README on a database. */
class ConsumersTest {

  private static final Duration TIMEOUT = Duration.ofMinutes(2);
  private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");
  private static final String MAIN = "consumer.Main";

  private static final String MIGRATED =
      """
      SQL to migrate: true
      current: true
      """;
  private static final String RAN =
      """
      run: COMPLETED
      current: true
      """;

  private static DatabaseServer postgres;

  @BeforeAll
  static void build() throws IOException {
    Build.run();
    postgres = PostgresServer.start(Durability.NONE, Map.of());
  }

  @AfterAll
  static void stop() {
    postgres.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"PLAIN", "NEWEST_JOOQ"})
  void onTheClassPath_migratesAndRuns(Consumer consumer) throws Exception {
    String database = postgres.create(consumer.name().toLowerCase(Locale.ROOT));

    Output output =
        run(
            consumer,
            postgres,
            database,
            List.of("-cp", classPath(consumer), MAIN),
            "migrate",
            "run");

    assertThat(output.exitCode()).as(output.log()).isZero();
    assertThat(output.out()).isEqualTo(MIGRATED + RAN);
    assertQuiet(output.log());
    assertThat(output.log()).contains("odin-postgres-1 - Shutdown completed", "named - Shutdown");
  }

  @Test
  void onTheModulePath_migratesAndRuns() throws Exception {
    String path = classPath(Consumer.MODULAR);

    Output output =
        run(
            Consumer.MODULAR,
            postgres,
            postgres.create("modular"),
            List.of("-p", path, "--add-modules", "ALL-MODULE-PATH", "-m", "consumer/" + MAIN),
            "migrate",
            "run");

    assertThat(output.exitCode()).as(output.log()).isZero();
    assertThat(output.out()).isEqualTo(MIGRATED + RAN);
    assertQuiet(output.log());
  }

  @Test
  void onMySql_migratesAndRuns() throws Exception {
    try (DatabaseServer mySql = MySqlServer.find(Durability.NONE, Map.of())) {
      Output output =
          run(
              Consumer.MYSQL,
              mySql,
              mySql.create("consumer"),
              List.of("-cp", classPath(Consumer.MYSQL), MAIN),
              "migrate",
              "run");

      assertThat(output.exitCode()).as(output.log()).isZero();
      assertThat(output.out()).isEqualTo(MIGRATED + RAN);
      assertQuiet(output.log());
    }
  }

  /** It holds the SQL files too, in a folder of the same name as the one in the jar. */
  @Test
  void withTheProjectOnTheClassPath_migrates() throws Exception {
    String classPath = PROJECT + File.pathSeparator + classPath(Consumer.PLAIN);

    Output output =
        run(
            Consumer.PLAIN,
            postgres,
            postgres.create("twice"),
            List.of("-cp", classPath, MAIN),
            "migrate");

    assertThat(output.exitCode()).as(output.log()).isZero();
    assertThat(output.out()).isEqualTo(MIGRATED);
  }

  @Test
  void withoutLiquibase_runsOnADatabaseThatTheSqlFilesMade() throws Exception {
    String database = postgres.create("by_sql_files");
    runSqlFiles(database);

    Output output =
        run(
            Consumer.WITHOUT_LIQUIBASE,
            postgres,
            database,
            List.of("-cp", classPath(Consumer.WITHOUT_LIQUIBASE), MAIN),
            "run");

    assertThat(output.exitCode()).as(output.log()).isZero();
    assertThat(output.out()).isEqualTo(RAN);
    assertQuiet(output.log());
  }

  @Test
  void withoutLiquibase_migratingNamesWhatToAdd() throws Exception {
    Output output =
        run(
            Consumer.WITHOUT_LIQUIBASE,
            postgres,
            postgres.create("without_liquibase"),
            List.of("-cp", classPath(Consumer.WITHOUT_LIQUIBASE), MAIN),
            "migrate");

    assertThat(output.exitCode()).isEqualTo(1);
    assertThat(output.log())
        .contains("BackendFailureException: schema dry run needs Liquibase")
        .contains("Add org.liquibase:liquibase-core to the class path");
  }

  @ParameterizedTest
  @EnumSource(names = {"SPRING_BOOT_3", "SPRING_BOOT_4"})
  void inSpringBoot_migratesRunsReportsHealthAndCloses(Consumer consumer) throws Exception {
    List<String> command =
        Program.java(
            "-jar",
            consumer.fatJar().toString(),
            "--server.port=0",
            "--management.endpoint.health.show-details=always",
            "--odin.url=" + postgres.create(consumer.name().toLowerCase(Locale.ROOT)),
            "--odin.user=" + postgres.user(),
            "--odin.password=" + postgres.password());
    try (Program program = Program.start(consumer.folder(), command)) {
      Awaitility.await()
          .atMost(TIMEOUT)
          .until(() -> program.out().contains("run: ") || !program.isAlive());
      assertThat(program.out()).contains("run: COMPLETED");
      assertThat(health(program.out()))
          .contains("\"status\":\"UP\"", "\"schema version\":\"OK 1\"");

      program.terminate();

      Output output = program.await(TIMEOUT);
      assertThat(output.out()).contains("orders - Shutdown completed");
      assertQuiet(output.out() + output.log());
    }
  }

  private static String health(String log) throws IOException, InterruptedException {
    Matcher port = PORT.matcher(log);
    assertThat(port.find()).as("the port of the server, in\n%s", log).isTrue();
    URI uri = URI.create("http://localhost:" + port.group(1) + "/actuator/health/odin");
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
    }
  }

  private static Output run(
      Consumer consumer, DatabaseServer server, String url, List<String> start, String... steps)
      throws IOException {
    List<String> arguments = new ArrayList<>(start);
    arguments.addAll(List.of(url, server.user(), server.password()));
    arguments.addAll(List.of(steps));
    return Program.run(consumer.folder(), Program.java(arguments.toArray(String[]::new)), TIMEOUT);
  }

  private static String classPath(Consumer consumer) throws IOException {
    return Stream.concat(Stream.of(consumer.classes()), consumer.jars().stream())
        .map(Path::toString)
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** As an administrator does, or Flyway. */
  private static void runSqlFiles(String url) throws IOException, SQLException {
    try (Connection connection =
            DriverManager.getConnection(url, postgres.user(), postgres.password());
        Statement statement = connection.createStatement();
        Stream<Path> files = Files.list(PROJECT.resolve("Schemas/PostgreSQL"))) {
      for (Path file : files.filter(ConsumersTest::isNumbered).sorted().toList()) {
        statement.execute(Files.readString(file));
      }
    }
  }

  /** 00_init.sql only includes the others. */
  private static boolean isNumbered(Path file) {
    return file.getFileName().toString().matches("\\d\\d_(?!init).*");
  }

  /** No banner, no complaint, and nothing at WARN or above. */
  private static void assertQuiet(String log) {
    assertThat(log)
        .doesNotContain("WARN", "ERROR")
        .doesNotContainIgnoringCase("liquibase", "analytics", "jooq", "tip of the day")
        .doesNotContain("login timeout");
  }
}
