package io.odin.persistence.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.odin.persistence.Persistence;
import io.odin.persistence.PersistenceConfig;
import io.odin.persistence.schema.Schema;
import io.odin.persistence.schema.SchemaStatus;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Objects;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows the schema version of a database, and migrates it. */
@Command(
    name = "schema",
    header = "Shows the schema version of a database, and migrates it.",
    synopsisSubcommandLabel = "COMMAND")
final class SchemaCommand implements Runnable {

  private static final int MAX_WAIT = 3600;

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new UsageException(spec.commandLine(), "schema needs a command: status, migrate or sql");
  }

  @Command(
      name = "status",
      header = "Compares the schema with the one that this version needs.",
      description = {
        "",
        "Ends with 0 if it is current and has as many shards as are configured, and",
        "with 3 otherwise.",
        ""
      },
      sortOptions = false)
  int status(
      @Mixin ConnectionOptions connection,
      @Option(names = "--json", description = "Prints JSON.") boolean json) {
    PersistenceConfig config = connection.toConfig();
    SchemaStatus status = Persistence.schemaOf(config).status();
    PrintWriter out = out();
    if (json) {
      out.println(toJson(config, status).toPrettyString());
    } else {
      print(config, status, out);
    }
    return status.isCurrent() && hasConfiguredShards(config, status)
        ? Odin.SUCCESS
        : Odin.SCHEMA_NOT_CURRENT;
  }

  @Command(
      name = "migrate",
      header = "Applies what is missing, and nothing else.",
      description = {"", "Safe to repeat, and safe to run from several machines at once.", ""},
      sortOptions = false)
  void migrate(
      @Mixin ConnectionOptions connection,
      @Option(
              names = "--wait",
              paramLabel = "SECONDS",
              defaultValue = "600",
              description = "How long to wait for another migration (${DEFAULT-VALUE}).")
          int wait) {
    if (wait < 1 || wait > MAX_WAIT) {
      throw new UsageException(
          Objects.requireNonNull(spec.commandLine().getSubcommands().get("migrate")),
          "--wait is " + wait + ": it must be 1 to " + MAX_WAIT);
    }
    PersistenceConfig config =
        connection.toConfig().toBuilder().migrationTimeout(Duration.ofSeconds(wait)).build();
    Schema schema = Persistence.schemaOf(config);
    SchemaStatus before = schema.status();
    SchemaStatus after = schema.migrate();
    PrintWriter out = out();
    before.pendingChanges().stream()
        .filter(change -> !after.pendingChanges().contains(change))
        .forEach(change -> out.println("applied  " + change));
    print(config, after, out);
  }

  @Command(
      name = "sql",
      header = "Prints the SQL that migrate would run, and runs nothing.",
      description = "",
      sortOptions = false)
  void sql(@Mixin ConnectionOptions connection) {
    String sql = Persistence.schemaOf(connection.toConfig()).migrationSql();
    PrintWriter out = out();
    out.print(sql);
    if (!sql.isEmpty() && !sql.endsWith("\n")) {
      out.println();
    }
    out.flush();
  }

  private static void print(PersistenceConfig config, SchemaStatus status, PrintWriter out) {
    out.println("database  " + config.redactedUrl());
    out.println(
        "schema    "
            + (status.installedVersion().isPresent()
                ? "version " + status.installedVersion().getAsInt()
                : "none")
            + ", "
            + (status.isCurrent() ? "current" : "version " + status.requiredVersion() + " needed"));
    status
        .shardCount()
        .ifPresent(
            shards ->
                out.println(
                    "shards    "
                        + shards
                        + (hasConfiguredShards(config, status)
                            ? ""
                            : ", configured are %d: the count is fixed, configure --shards %d"
                                .formatted(config.shardCount(), shards))));
    status.pendingChanges().forEach(change -> out.println("pending   " + change));
    if (isNewer(status)) {
      out.println("a newer release has migrated this database: use that one");
    } else if (!status.isCurrent()) {
      out.println("to apply: odin schema migrate --url " + config.redactedUrl());
    }
  }

  private static boolean hasConfiguredShards(PersistenceConfig config, SchemaStatus status) {
    return status.shardCount().orElse(config.shardCount()) == config.shardCount();
  }

  private static boolean isNewer(SchemaStatus status) {
    return status.installedVersion().orElse(0) > status.requiredVersion();
  }

  private static ObjectNode toJson(PersistenceConfig config, SchemaStatus status) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("database", config.redactedUrl());
    if (status.installedVersion().isPresent()) {
      json.put("installedVersion", status.installedVersion().getAsInt());
    } else {
      json.putNull("installedVersion");
    }
    json.put("requiredVersion", status.requiredVersion());
    json.put("current", status.isCurrent());
    status.shardCount().ifPresent(shards -> json.put("shardCount", shards));
    json.put("configuredShardCount", config.shardCount());
    ArrayNode pending = json.putArray("pendingChanges");
    status.pendingChanges().forEach(pending::add);
    return json;
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
