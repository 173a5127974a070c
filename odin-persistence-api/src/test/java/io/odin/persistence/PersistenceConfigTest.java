package io.odin.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.odin.persistence.error.InvalidRequestException;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PersistenceConfigTest {

  private static final String URL = "jdbc:postgresql://localhost:5432/odin";

  @Test
  void defaults() {
    PersistenceConfig config = PersistenceConfig.builder(URL).build();
    assertThat(config.url()).isEqualTo(URL);
    assertThat(config.backend()).isEmpty();
    assertThat(config.poolName()).isEmpty();
    assertThat(config.credentials().get()).isEqualTo(new Credentials("", ""));
    assertThat(config.maximumPoolSize()).isEqualTo(10);
    assertThat(config.connectionTimeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(config.lockTimeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(config.statementTimeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(config.searchTimeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(config.migrationTimeout()).isEqualTo(Duration.ofMinutes(10));
    assertThat(config.limits()).isEqualTo(Limits.DEFAULTS);
    assertThat(config.taskWakeUps()).isEqualTo(TaskWakeUps.WITHIN_PERSISTENCE);
  }

  @Test
  void toBuilder_keepsEverything() {
    OperationObserver observer = operation -> {};
    PersistenceConfig config =
        PersistenceConfig.builder(URL)
            .backend("postgres")
            .credentials("odin_app", "secret")
            .poolName("orders")
            .maximumPoolSize(3)
            .connectionTimeout(Duration.ofMillis(250))
            .lockTimeout(Duration.ofMillis(1))
            .statementTimeout(Duration.ofHours(1))
            .searchTimeout(Duration.ofSeconds(2))
            .migrationTimeout(Duration.ofMinutes(1))
            .shardCount(16)
            .limits(Limits.DEFAULTS.withBlobBytes(1000))
            .taskWakeUps(TaskWakeUps.ACROSS_PROCESSES)
            .observer(observer)
            .build();
    PersistenceConfig copy = config.toBuilder().build();
    assertThat(copy.url()).isEqualTo(URL);
    assertThat(copy.backend()).hasValue("postgres");
    assertThat(copy.credentials().get()).isEqualTo(new Credentials("odin_app", "secret"));
    assertThat(copy.poolName()).hasValue("orders");
    assertThat(copy.maximumPoolSize()).isEqualTo(3);
    assertThat(copy.connectionTimeout()).isEqualTo(Duration.ofMillis(250));
    assertThat(copy.lockTimeout()).isEqualTo(Duration.ofMillis(1));
    assertThat(copy.statementTimeout()).isEqualTo(Duration.ofHours(1));
    assertThat(copy.searchTimeout()).isEqualTo(Duration.ofSeconds(2));
    assertThat(copy.migrationTimeout()).isEqualTo(Duration.ofMinutes(1));
    assertThat(copy.shardCount()).isEqualTo(16);
    assertThat(copy.limits().blobBytes()).isEqualTo(1000);
    assertThat(copy.taskWakeUps()).isEqualTo(TaskWakeUps.ACROSS_PROCESSES);
    assertThat(copy.observer()).isSameAs(observer);
  }

  @Test
  @SuppressWarnings("NullAway") // What a caller without null checks does.
  void outOfBounds_isRefusedByName() {
    assertRefused(builder -> builder.maximumPoolSize(0), "maximumPoolSize");
    assertRefused(builder -> builder.maximumPoolSize(1001), "maximumPoolSize");
    assertRefused(
        builder -> builder.connectionTimeout(Duration.ofMillis(249)), "connectionTimeout");
    assertRefused(builder -> builder.lockTimeout(Duration.ofNanos(999_999)), "lockTimeout");
    assertRefused(builder -> builder.lockTimeout(Duration.ofMillis(3_600_001)), "lockTimeout");
    assertRefused(builder -> builder.statementTimeout(Duration.ZERO), "statementTimeout");
    assertRefused(builder -> builder.statementTimeout(null), "statementTimeout");
    assertRefused(builder -> builder.searchTimeout(Duration.ZERO), "searchTimeout");
    assertRefused(builder -> builder.migrationTimeout(Duration.ZERO), "migrationTimeout");
    assertRefused(builder -> builder.shardCount(0), "shardCount");
    assertRefused(builder -> builder.shardCount(65_537), "shardCount");
    assertRefused(builder -> builder.backend(""), "backend");
    assertRefused(builder -> builder.poolName(""), "poolName");
    assertRefused(builder -> builder.credentials(null), "credentials");
    assertRefused(builder -> builder.limits(null), "limits");
    assertRefused(builder -> builder.taskWakeUps(null), "taskWakeUps");
    assertRefused(builder -> builder.observer(null), "observer");
  }

  private static void assertRefused(UnaryOperator<PersistenceConfig.Builder> change, String field) {
    assertThatExceptionOfType(InvalidRequestException.class)
        .isThrownBy(() -> change.apply(PersistenceConfig.builder(URL)).build())
        .withMessageStartingWith(field);
  }

  @Test
  void url_isRequired() {
    assertThatExceptionOfType(InvalidRequestException.class)
        .isThrownBy(() -> PersistenceConfig.builder("jdbc:\0"))
        .withMessageStartingWith("url holds a NUL");
  }

  @ParameterizedTest
  @CsvSource({
    "jdbc:postgresql://db.example:5432/odin, jdbc:postgresql://db.example:5432/odin",
    "jdbc:postgresql:odin, jdbc:postgresql:odin",
    "jdbc:postgresql://h/odin?user=u&password=secret, jdbc:postgresql://h/odin",
    "'jdbc:postgresql://h1:1,h2:2/odin?password=secret', 'jdbc:postgresql://h1:1,h2:2/odin'",
    "'jdbc:sqlserver://h:1433;user=u;password=secret', jdbc:sqlserver://h:1433",
    "jdbc:mysql://u:secret@h:3306/odin, jdbc:mysql://h:3306/odin",
    "jdbc:mysql://u:se/cret@h/odin, jdbc:mysql://h/odin",
    "jdbc:mysql://u:se@cret@h/odin, jdbc:mysql://h/odin",
    "jdbc:mysql://u:secret@h/odin?password=secret, jdbc:mysql://h/odin",
    "'jdbc:mysql:loadbalance://u:secret@h1,v:secret@h2/odin', jdbc:mysql:h2/odin",
    "postgres://u:secret@h/odin, postgres://h/odin",
    "jdbc:oracle:thin:u/secret@//h:1521/odin, jdbc:oracle://h:1521/odin",
  })
  void redactedUrl_isThePlaceOnly(String url, String redacted) {
    PersistenceConfig config = PersistenceConfig.builder(url).build();
    assertThat(config.redactedUrl()).isEqualTo(redacted);
    assertThat(config).hasToString("PersistenceConfig[" + redacted + "]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:mysql://u:se?secret@h/odin",
        "jdbc:mysql://u:se;secret@h/odin",
        "jdbc:mysql://u:se@se?secret@h/odin",
        "jdbc:mysql://u:se(secret@h/odin",
        "jdbc:postgresql://h/odin?user=me@se.example&password=secret",
        "jdbc:postgresql://h/odin?password=\nsecret",
        "jdbc:postgresql://u:se\nsecret@h/odin",
        "jdbc:mysql://address=(host=h)(password=secret)/odin",
        "jdbc:mysql://(host=h,password=secret)/odin",
        "jdbc:postgresql://u:secret/odin",
        "jdbc:postgresql://h:5432:secret/odin",
        "u:secret@h",
        "//u:secret@h/odin",
      })
  void redactedUrl_holdsNoSecret_whereverTheUrlHidesOne(String url) {
    PersistenceConfig config = PersistenceConfig.builder(url).credentials("u", "topsecret").build();
    assertThat(config.redactedUrl()).doesNotContain("se");
    assertThat(config.toString()).doesNotContain("secret").doesNotContain("u:");
    assertThat(config.credentials().get()).hasToString("Credentials[u]");
  }

  @ParameterizedTest
  @CsvSource({"64, 64", "' 128\n', 128", "'', 512", "' ', 512", ", 512", "65536, 65536"})
  void shardCount_fromTheVariable(String variable, int count) {
    assertThat(PersistenceConfig.shardCountFrom(variable)).isEqualTo(count);
  }

  @ParameterizedTest
  @ValueSource(strings = {"many", "-1", "12.5", "0x10", "99999999"})
  void shardCount_fromTheVariable_thatIsNoNumber_isRefused(String variable) {
    assertThatExceptionOfType(InvalidRequestException.class)
        .isThrownBy(() -> PersistenceConfig.shardCountFrom(variable))
        .withMessageStartingWith("HUGO_ORCHESTRATOR_SHARD_COUNT is \"" + variable + "\"");
  }

  /** Another process, since variables of this one cannot be set. */
  @Test
  void shardCount_ofAProcessWithTheVariable() throws IOException, InterruptedException {
    ProcessBuilder java =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classes(PersistenceConfig.class) + File.pathSeparator + classes(Child.class),
                Child.class.getName())
            .redirectErrorStream(true);
    java.environment().put(PersistenceConfig.SHARD_COUNT_VARIABLE, "48");
    Process process = java.start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(printed).isZero();
    assertThat(printed.lines()).contains("from the variable 48, set 16, copied 16");
  }

  private static String classes(Class<?> type) {
    return Path.of(URI.create(type.getProtectionDomain().getCodeSource().getLocation().toString()))
        .toString();
  }

  /** What the other process runs. */
  static final class Child {
    private Child() {}

    public static void main(String[] args) {
      PersistenceConfig set = PersistenceConfig.builder(URL).shardCount(16).build();
      List<Integer> counts =
          List.of(
              PersistenceConfig.builder(URL).build().shardCount(),
              set.shardCount(),
              set.toBuilder().build().shardCount());
      System.out.printf("from the variable %d, set %d, copied %d%n", counts.toArray());
    }
  }
}
