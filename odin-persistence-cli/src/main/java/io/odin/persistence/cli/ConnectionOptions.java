package io.odin.persistence.cli;

import io.odin.persistence.Credentials;
import io.odin.persistence.PersistenceConfig;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which database, and who connects to it. */
final class ConnectionOptions {

  /** The environment variable that holds the password. */
  static final String PASSWORD_VARIABLE = "ODIN_PASSWORD";

  private static final String ASK = "\0ask";
  private static final String NOT_YET_KNOWN = "jdbc:";
  private static final int MOST_SHARDS = 65_536;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--url",
      paramLabel = "JDBC-URL",
      description = {
        "The database, for example",
        "jdbc:postgresql://localhost:5432/odin or",
        "jdbc:mysql://localhost:3306/odin."
      })
  private @Nullable String url;

  @Option(names = "--user", paramLabel = "NAME", description = "Who connects.")
  private @Nullable String user;

  @Option(
      names = "--password",
      paramLabel = "PASSWORD",
      arity = "0..1",
      fallbackValue = ASK,
      description = {
        "Without a value it is asked for, and not shown.",
        "The environment variable ODIN_PASSWORD does as well."
      })
  private @Nullable String password;

  @Option(
      names = "--backend",
      paramLabel = "NAME",
      description = "The backend: postgres or mysql. A URL tells it.")
  private @Nullable String backend;

  @Option(
      names = "--shards",
      paramLabel = "N",
      description = {
        "How many shards the database has, or is to have:",
        "512, or what HUGO_ORCHESTRATOR_SHARD_COUNT says."
      })
  private @Nullable Integer shards;

  /** Whether a database was named. */
  boolean hasUrl() {
    return url != null;
  }

  /** The backend, if it was named by itself. */
  Optional<String> backend() {
    return Optional.ofNullable(backend);
  }

  /** The configuration of the database that was named. */
  PersistenceConfig toConfig() {
    if (url == null) {
      throw usage("--url is missing: say which database, as in --url jdbc:postgresql://host/name");
    }
    PersistenceConfig.Builder builder = configure(PersistenceConfig.builder(url));
    if (user == null && password != null) {
      throw usage("--password is of no use without --user");
    }
    if (user != null) {
      Credentials credentials = new Credentials(user, secret());
      builder.credentials(() -> credentials);
    }
    return builder.build();
  }

  /** Adds what was said of shards and backend to a configuration whose database is known. */
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

  /** Refuses what goes only with --url, and what no database can have: before one is started. */
  void requireFitForNewDatabase() {
    if (user != null || password != null) {
      throw usage("--user and --password go with --url: say which database");
    }
    PersistenceConfig unused = configure(PersistenceConfig.builder(NOT_YET_KNOWN)).build();
  }

  private String secret() {
    if (ASK.equals(password)) {
      return Terminal.askForSecret("Password of " + user + ": ")
          .orElseThrow(
              () ->
                  usage(
                      "there is no terminal to ask for the password: set "
                          + PASSWORD_VARIABLE
                          + " instead"));
    }
    if (password != null) {
      return password;
    }
    return Optional.ofNullable(System.getenv(PASSWORD_VARIABLE)).orElse("");
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
