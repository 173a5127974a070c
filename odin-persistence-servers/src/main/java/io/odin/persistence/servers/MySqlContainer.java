package io.odin.persistence.servers;

import java.util.List;
import java.util.Map;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/** A server in Docker, through Testcontainers. */
final class MySqlContainer {

  private static final DockerImageName IMAGE = DockerImageName.parse("mysql:9.7");
  private static final int PORT = 3306;

  /** Not that of the X plugin, whose port is 33060 and which is ready first. */
  static final String READY = ".*ready for connections.*port: " + PORT + "\\b.*\\s";

  private static final String PASSWORD = "odin";

  private MySqlContainer() {}

  static boolean isDockerAvailable() {
    return DockerClientFactory.instance().isDockerAvailable();
  }

  @SuppressWarnings("resource") // The server closes it; Testcontainers does when the JVM ends.
  static MySqlServer start(Map<String, String> settings) {
    GenericContainer<?> container =
        new GenericContainer<>(IMAGE)
            .withEnv("MYSQL_ROOT_PASSWORD", PASSWORD)
            .withExposedPorts(PORT)
            // While the image makes its database, its server runs without a port.
            .waitingFor(Wait.forLogMessage(READY, 1))
            .withCommand(
                settings.entrySet().stream()
                    .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                    .toArray(String[]::new));
    container.start();
    MySqlAddress address =
        new MySqlAddress(container.getHost(), container.getMappedPort(PORT), "", "root", PASSWORD);
    return new MySqlServer(address, List.of(), container::stop);
  }
}
