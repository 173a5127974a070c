package io.odin.persistence;

import io.odin.persistence.internal.Require;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of a {@link Persistence}: database, pool, timeouts and limits. Immutable. Never
 * prints a secret.
 */
public final class PersistenceConfig {

  /** The environment variable that sets the number of shards. */
  public static final String SHARD_COUNT_VARIABLE = "HUGO_ORCHESTRATOR_SHARD_COUNT";

  private static final int DEFAULT_SHARD_COUNT = 512;
  // The place may begin with user and password; the rest holds parameters.
  private static final Pattern URL_PARTS =
      Pattern.compile(
          "(?<scheme>jdbc:[a-z0-9]+:(//)?|[a-z0-9]+://)(?<place>[^?;(#]*)(?<rest>.*)",
          Pattern.DOTALL);
  // After a colon is a port, or else the password of somebody who has left out the @; a parameter
  // can be where the database belongs.
  private static final Pattern NO_PLACE = Pattern.compile("[=&]|:(?![0-9]{1,5}(?:[,/]|$))");
  private static final String HIDDEN = "...";

  private final @Nullable String backend;
  private final String url;
  private final Supplier<Credentials> credentials;
  private final @Nullable String poolName;
  private final int maximumPoolSize;
  private final Duration connectionTimeout;
  private final Duration lockTimeout;
  private final Duration statementTimeout;
  private final Duration searchTimeout;
  private final Duration migrationTimeout;
  private final int shardCount;
  private final Limits limits;
  private final TaskWakeUps taskWakeUps;
  private final OperationObserver observer;

  private PersistenceConfig(Builder builder) {
    backend = builder.backend;
    url = builder.url;
    credentials = Require.nonNull("credentials", builder.credentials);
    poolName = builder.poolName;
    maximumPoolSize = (int) Require.between("maximumPoolSize", builder.maximumPoolSize, 1, 1000);
    connectionTimeout = milliseconds("connectionTimeout", builder.connectionTimeout, 250);
    lockTimeout = milliseconds("lockTimeout", builder.lockTimeout, 1);
    statementTimeout = milliseconds("statementTimeout", builder.statementTimeout, 1);
    searchTimeout = milliseconds("searchTimeout", builder.searchTimeout, 1);
    migrationTimeout = milliseconds("migrationTimeout", builder.migrationTimeout, 1);
    shardCount =
        (int)
            Require.between(
                "shardCount",
                builder.shardCount == null
                    ? shardCountFrom(System.getenv(SHARD_COUNT_VARIABLE))
                    : builder.shardCount,
                1,
                65_536);
    limits = Require.nonNull("limits", builder.limits);
    taskWakeUps = Require.nonNull("taskWakeUps", builder.taskWakeUps);
    observer = Require.nonNull("observer", builder.observer);
  }

  private static Duration milliseconds(String field, Duration value, long minimum) {
    Require.between(
        field + " in milliseconds", Require.positive(field, value).toMillis(), minimum, 3_600_000);
    return value;
  }

  /** The name of the backend; empty if it is derived from the URL. */
  public Optional<String> backend() {
    return Optional.ofNullable(backend);
  }

  /** The JDBC URL. */
  public String url() {
    return url;
  }

  /**
   * The supplier of user and password. It is called for each new connection, so that a rotated
   * password needs no restart.
   */
  public Supplier<Credentials> credentials() {
    return credentials;
  }

  /**
   * The name of the connection pool, in logs and in the names of its threads; empty for one that
   * the backend makes, such as {@code odin-postgres-1}, different for each pool of the process.
   */
  public Optional<String> poolName() {
    return Optional.ofNullable(poolName);
  }

  /** The maximum number of connections, 10 unless set. */
  public int maximumPoolSize() {
    return maximumPoolSize;
  }

  /** The maximum wait of a call for a connection, 5 seconds unless set. */
  public Duration connectionTimeout() {
    return connectionTimeout;
  }

  /** The maximum wait of a statement for a lock, 5 seconds unless set. */
  public Duration lockTimeout() {
    return lockTimeout;
  }

  /** The maximum duration of a statement, 30 seconds unless set. */
  public Duration statementTimeout() {
    return statementTimeout;
  }

  /**
   * The maximum duration of a search, 10 seconds unless set, and never more than {@link
   * #statementTimeout}.
   */
  public Duration searchTimeout() {
    return searchTimeout;
  }

  /** The maximum wait of a migration for another one, 10 minutes unless set. */
  public Duration migrationTimeout() {
    return migrationTimeout;
  }

  /**
   * The number of shards that the database must have: 512, or the value of
   * HUGO_ORCHESTRATOR_SHARD_COUNT, unless set.
   */
  public int shardCount() {
    return shardCount;
  }

  /** The sizes that are checked before any SQL. */
  public Limits limits() {
    return limits;
  }

  /** Which writes wake those that wait for tasks; those of the same stores unless set. */
  public TaskWakeUps taskWakeUps() {
    return taskWakeUps;
  }

  /** The receiver of each finished operation. */
  public OperationObserver observer() {
    return observer;
  }

  /** A builder for a database. */
  public static Builder builder(String url) {
    return new Builder(Require.text("url", url, 4096));
  }

  /** A builder that begins with this configuration. */
  public Builder toBuilder() {
    Builder builder = new Builder(url);
    builder.backend = backend;
    builder.credentials = credentials;
    builder.poolName = poolName;
    builder.maximumPoolSize = maximumPoolSize;
    builder.connectionTimeout = connectionTimeout;
    builder.lockTimeout = lockTimeout;
    builder.statementTimeout = statementTimeout;
    builder.searchTimeout = searchTimeout;
    builder.migrationTimeout = migrationTimeout;
    builder.shardCount = shardCount;
    builder.limits = limits;
    builder.taskWakeUps = taskWakeUps;
    builder.observer = observer;
    return builder;
  }

  /** The place of the database without its parameters, which may hold a password. */
  @Override
  public String toString() {
    return "PersistenceConfig[" + redactedUrl() + "]";
  }

  /**
   * The JDBC URL without user, password and parameters: fit for a log. If a password cannot be
   * distinguished from the place, the place is left out as well.
   */
  public String redactedUrl() {
    Matcher parts = URL_PARTS.matcher(url);
    if (!parts.matches()) {
      return HIDDEN;
    }
    String place = parts.group("place");
    String shown = place.substring(place.lastIndexOf('@') + 1);
    boolean ambiguous =
        parts.group("rest").indexOf('@') >= 0
            || place.indexOf('\n') >= 0
            || NO_PLACE.matcher(shown).find();
    return parts.group("scheme") + (ambiguous ? HIDDEN : shown);
  }

  static int shardCountFrom(@Nullable String variable) {
    if (variable == null || variable.isBlank()) {
      return DEFAULT_SHARD_COUNT;
    }
    Require.that(
        variable.strip().matches("[0-9]{1,7}"),
        SHARD_COUNT_VARIABLE,
        "is \"" + variable + "\": it must be a whole number of shards");
    return Integer.parseInt(variable.strip());
  }

  /** Collects a configuration. Not thread-safe. */
  public static final class Builder {
    private final String url;
    private @Nullable String backend;
    private Supplier<Credentials> credentials = () -> new Credentials("", "");
    private @Nullable String poolName;
    private int maximumPoolSize = 10;
    private Duration connectionTimeout = Duration.ofSeconds(5);
    private Duration lockTimeout = Duration.ofSeconds(5);
    private Duration statementTimeout = Duration.ofSeconds(30);
    private Duration searchTimeout = Duration.ofSeconds(10);
    private Duration migrationTimeout = Duration.ofMinutes(10);
    private @Nullable Integer shardCount;
    private Limits limits = Limits.DEFAULTS;
    private TaskWakeUps taskWakeUps = TaskWakeUps.WITHIN_PERSISTENCE;
    private OperationObserver observer = operation -> {};

    private Builder(String url) {
      this.url = url;
    }

    /** Sets the backend by its name. */
    public Builder backend(String name) {
      backend = Require.id("backend", name);
      return this;
    }

    /** Sets the user and the password. */
    public Builder credentials(String username, String password) {
      Credentials fixed = new Credentials(username, password);
      credentials = () -> fixed;
      return this;
    }

    /**
     * Sets the supplier of user and password, which is called for each new connection. While it
     * throws, returns null or does not return, operations that need a new connection fail as
     * unavailable.
     */
    public Builder credentials(Supplier<Credentials> provider) {
      credentials = provider;
      return this;
    }

    /** Sets the name of the connection pool. */
    public Builder poolName(String name) {
      poolName = Require.id("poolName", name);
      return this;
    }

    /** Sets the maximum number of connections, 1 to 1000. */
    public Builder maximumPoolSize(int value) {
      maximumPoolSize = value;
      return this;
    }

    /** Sets the maximum wait of a call for a connection, 250 milliseconds or more. */
    public Builder connectionTimeout(Duration value) {
      connectionTimeout = value;
      return this;
    }

    /** Sets the maximum wait of a statement for a lock. */
    public Builder lockTimeout(Duration value) {
      lockTimeout = value;
      return this;
    }

    /** Sets the maximum duration of a statement. */
    public Builder statementTimeout(Duration value) {
      statementTimeout = value;
      return this;
    }

    /** Sets the maximum duration of a search. */
    public Builder searchTimeout(Duration value) {
      searchTimeout = value;
      return this;
    }

    /** Sets the maximum wait of a migration for another one. */
    public Builder migrationTimeout(Duration value) {
      migrationTimeout = value;
      return this;
    }

    /** Sets the number of shards that the database must have. */
    public Builder shardCount(int value) {
      shardCount = value;
      return this;
    }

    /** Sets smaller limits than the defaults. */
    public Builder limits(Limits value) {
      limits = value;
      return this;
    }

    /**
     * Sets which writes wake those that wait for tasks. Opening fails with {@link
     * io.odin.persistence.error.UnsupportedCapabilityException} if the backend cannot do it.
     */
    public Builder taskWakeUps(TaskWakeUps value) {
      taskWakeUps = value;
      return this;
    }

    /** Sets the receiver of each finished operation. */
    public Builder observer(OperationObserver value) {
      observer = value;
      return this;
    }

    /**
     * The configuration.
     *
     * @throws io.odin.persistence.error.InvalidRequestException naming the field that is out of
     *     bounds
     */
    public PersistenceConfig build() {
      return new PersistenceConfig(this);
    }
  }
}
