package io.odin.persistence.postgres;

import io.odin.persistence.Credentials;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * The PostgreSQL servers of the tests: the one that ODIN_TEST_POSTGRES_URL names, else in Docker,
 * else as child processes. Each is started when it is first needed and stopped with the JVM. Tests
 * are never skipped for want of one. Thread-safe.
 */
public enum TestPostgres {
  /** The oldest that is supported. */
  V14(14),
  /** One between. */
  V15(15),
  /** The newest. */
  V18(18);

  private static final String URL_VARIABLE = "ODIN_TEST_POSTGRES_URL";
  private static final int CONNECTIONS = 300;

  private static final Map<TestPostgres, PostgresServer> RUNNING =
      new EnumMap<>(TestPostgres.class);

  private final int major;

  TestPostgres(int major) {
    this.major = major;
  }

  /** A new database that holds nothing. */
  public PostgresTckDatabase database() {
    return server().newDatabase();
  }

  /**
   * The server, started now if it is not running. With ODIN_TEST_POSTGRES_URL all versions are the
   * same server.
   */
  public PostgresServer server() {
    synchronized (RUNNING) {
      return RUNNING.computeIfAbsent(this, TestPostgres::start);
    }
  }

  private static PostgresServer start(TestPostgres version) {
    PostgresServer server = version.find();
    System.out.println("PostgreSQL " + version.major + " for tests: " + server.url(""));
    return server;
  }

  private PostgresServer find() {
    String url = System.getenv(URL_VARIABLE);
    try {
      if (url != null && !url.isBlank()) {
        return PostgresServer.at(url);
      }
      return DockerClientFactory.instance().isDockerAvailable() ? docker() : embedded();
    } catch (IOException | RuntimeException e) {
      throw new IllegalStateException(
          """
          there is no PostgreSQL %d for the tests: %s. Do one of these:
          - set %s to a server of your own: jdbc:postgresql://localhost:5432/postgres?user=postgres&password=...
          - start Docker
          - ./mvnw process-test-resources, which fetches servers that run as child processes\
          """
              .formatted(major, e.getMessage(), URL_VARIABLE),
          e);
    }
  }

  @SuppressWarnings("resource") // Testcontainers stops it when the JVM ends.
  private PostgresServer docker() {
    PostgreSQLContainer container =
        new PostgreSQLContainer("postgres:" + major)
            .withCommand("postgres", "-c", "fsync=off", "-c", "max_connections=" + CONNECTIONS);
    container.start();
    return new PostgresServer(
        container.getHost() + ":" + container.getMappedPort(5432),
        container.getDatabaseName(),
        "",
        new Credentials(container.getUsername(), container.getPassword()));
  }

  @SuppressWarnings("resource") // It stops itself when the JVM ends.
  private PostgresServer embedded() throws IOException {
    EmbeddedPostgres process =
        EmbeddedPostgres.builder()
            .setPgBinaryResolver((system, hardware) -> binaries())
            .setServerConfig("max_connections", Integer.toString(CONNECTIONS))
            .start();
    return new PostgresServer(
        "localhost:" + process.getPort(), "postgres", "", new Credentials("postgres", ""));
  }

  /**
   * The server's files. Only one version's jar can be on the class path, so the build puts all of
   * them into target.
   */
  private InputStream binaries() throws IOException {
    Path jar = Path.of("target", "postgres-binaries", major + ".jar");
    if (!Files.exists(jar)) {
      throw new IOException(jar + " is missing");
    }
    try (JarFile file = new JarFile(jar.toFile())) {
      JarEntry archive =
          file.stream().filter(entry -> entry.getName().endsWith(".txz")).findFirst().orElseThrow();
      return new ByteArrayInputStream(file.getInputStream(archive).readAllBytes());
    }
  }
}
