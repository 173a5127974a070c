package io.odin.persistence.cli;

import io.odin.persistence.Credentials;
import io.odin.persistence.PersistenceConfig;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Which database, and who connects to it. */
final class ConnectionOptions {

  private static final String ASK = "\0ask";
  private static final String NOT_YET_KNOWN = "jdbc:";
  private static final int MOST_SHARDS = 65_536;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = {
        "The database, for example",
        "jdbc:postgresql://localhost:5432/odin or",
        "postgresql://localhost:5432/odin or",
        "jdbc:mysql://localhost:3306/odin.",
        "Default: ODIN_URL, which demo ignores."
      })
  private @Nullable String url;

  @Option(
      names = "--user",
      paramLabel = "NAME",
      description = "Who connects. Default: ODIN_USER, or PGUSER.")
  private @Nullable String user;

  @Option(
      names = "--password",
      paramLabel = "PASSWORD",
      arity = "0..1",
      fallbackValue = ASK,
      description = {
        "Without a value it is asked for, and not shown.",
        "Default: ODIN_PASSWORD, or PGPASSWORD."
      })
  private @Nullable String password;

  @Option(
      names = "--backend",
      paramLabel = "NAME",
      description = "The backend: postgres or mysql. Default: that of the URL.")
  private @Nullable String backend;

  @Option(
      names = "--shards",
      paramLabel = "N",
      description = {
        "How many shards the database has, or is to have.",
        "Default: HUGO_ORCHESTRATOR_SHARD_COUNT, or 512."
      })
  private @Nullable Integer shards;

  /** Whether an option names a database. */
  boolean hasUrl() {
    return url != null;
  }

  /** The backend, if it was named by itself. */
  Optional<String> backend() {
    return Optional.ofNullable(backend);
  }

  /** The configuration of the database that the options or the environment name. */
  PersistenceConfig toConfig() {
    Map<String, String> environment = System.getenv();
    DatabaseUrl database =
        Optional.ofNullable(url)
            .or(() -> DatabaseUrl.variable(environment, "ODIN_URL"))
            .map(this::read)
            .orElseThrow(
                () ->
                    usage(
                        "--url is missing: say which database, as in --url"
                            + " jdbc:postgresql://host/name, or set ODIN_URL"));
    PersistenceConfig.Builder builder = configure(PersistenceConfig.builder(database.jdbc()));
    Optional<String> account = Optional.ofNullable(user).or(() -> database.user(environment));
    if (account.isEmpty() && password != null) {
      throw usage("--password needs --user");
    }
    account.ifPresent(
        name -> {
          Credentials credentials =
              new Credentials(name, secret(name).orElseGet(() -> database.password(environment)));
          builder.credentials(() -> credentials);
        });
    return builder.build();
  }

  private DatabaseUrl read(String text) {
    try {
      return DatabaseUrl.of(text);
    } catch (IllegalArgumentException e) {
      throw usage("--url is not a URL: " + e.getMessage());
    }
  }

  /** Adds shards and backend to a configuration whose database is known. */
  PersistenceConfig.Builder configure(PersistenceConfig.Builder builder) {
    if (shards != null) {
      if (shards < 1 || shards > MOST_SHARDS) {
        throw usage("--shards is " + shards + ": it must be 1 to " + MOST_SHARDS);
      }
      builder.shardCount(shards);
    }
    if (backend != null) {
      builder.backend(backend);
    }
    return builder;
  }

  /**
   * Refuses options that need --url, and values that no database can have, before one is started.
   */
  void requireFitForNewDatabase() {
    if (user != null || password != null) {
      throw usage("--user and --password need --url: say which database");
    }
    PersistenceConfig unused = configure(PersistenceConfig.builder(NOT_YET_KNOWN)).build();
  }

  private Optional<String> secret(String account) {
    if (ASK.equals(password)) {
      return Optional.of(
          Terminal.askForSecret("Password of " + account + ": ")
              .orElseThrow(
                  () ->
                      usage(
                          "there is no terminal to ask for the password: set ODIN_PASSWORD"
                              + " instead")));
    }
    return Optional.ofNullable(password);
  }

  private UsageException usage(String message) {
    return new UsageException(spec.commandLine(), message);
  }
}
