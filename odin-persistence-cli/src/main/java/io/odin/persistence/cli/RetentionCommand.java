package io.odin.persistence.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.odin.persistence.Persistence;
import io.odin.persistence.cli.report.Progress;
import io.odin.persistence.cli.retention.NamespacePurge;
import io.odin.persistence.cli.retention.RetentionPlan;
import io.odin.persistence.cli.retention.RetentionReport;
import io.odin.persistence.cli.retention.RetentionRun;
import io.odin.persistence.retention.Archiver;
import java.io.PrintWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Archives and deletes expired runs, and purges deleted namespaces. */
@Command(
    name = "retention",
    header = "Deletes expired runs and the data of deleted namespaces.",
    synopsisSubcommandLabel = "COMMAND")
final class RetentionCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new UsageException(spec.commandLine(), "retention needs a command: run or purge");
  }

  @Command(
      name = "run",
      header = "Archives and deletes the expired runs of all namespaces.",
      description = {
        "",
        "Works in shards without an owner, one after the other, and leaves those",
        "with an owner to their engine. Can be stopped and repeated at any time: it",
        "continues where it was. A run that cannot be archived or deleted is",
        "skipped and listed, and the exit code is 1.",
        ""
      },
      sortOptions = false)
  int run(
      @Mixin ConnectionOptions connection,
      @Option(
              names = "--archive",
              paramLabel = "PLACE",
              description = {
                "Where runs go whose namespace archives them: a directory, or a",
                "location such as file:/var/odin/archive."
              })
          @Nullable String archive,
      @Option(
              names = "--dry-run",
              description = "Shows what would be deleted, and deletes nothing.")
          boolean dryRun,
      @Option(names = "--json", description = "Prints JSON.") boolean json)
      throws InterruptedException {
    Optional<URI> place = Optional.ofNullable(archive).map(this::location);
    try (Persistence persistence = Persistence.open(connection.toConfig())) {
      RetentionPlan plan = RetentionPlan.of(persistence);
      if (dryRun) {
        print(json, plan.toJson(), plan.toText());
        return Odin.SUCCESS;
      }
      if (place.isEmpty()) {
        requireNoArchive(plan.archivingNamespaces());
      }
      try (Archiver archiver = place.map(Archiver::open).orElseGet(Archiver::none)) {
        RetentionReport report = delete(persistence, archiver, plan);
        print(json, report.toJson(), report.toText());
        return report.isComplete() ? Odin.SUCCESS : Odin.FAILURE;
      }
    }
  }

  @Command(
      name = "purge",
      header = "Deletes all data of deleted namespaces.",
      description = {
        "",
        "Of each namespace that was deleted long enough ago, and of those that do",
        "not exist, all rows go: runs whether open or closed, tasks, schedules and",
        "the record of the deletion. Archives nothing: 'retention run' before it",
        "archives closed runs. Can be stopped and repeated at any time.",
        ""
      },
      sortOptions = false)
  int purge(
      @Mixin ConnectionOptions connection,
      @Option(
              names = "--deleted-for",
              paramLabel = "DAYS",
              defaultValue = "7",
              description = "How long ago a namespace was deleted (${DEFAULT-VALUE} days).")
          int days,
      @Option(
              names = "--dry-run",
              description = "Shows what would be deleted, and deletes nothing.")
          boolean dryRun,
      @Option(names = "--json", description = "Prints JSON.") boolean json)
      throws InterruptedException {
    if (days < 0) {
      throw usage("purge", "--deleted-for is " + days + ": give a number of days, 0 or more");
    }
    try (Persistence persistence = Persistence.open(connection.toConfig())) {
      NamespacePurge purge = NamespacePurge.of(persistence, Duration.ofDays(days));
      long rows = dryRun ? purge.rows() : purged(purge);
      ObjectNode document = JsonNodeFactory.instance.objectNode();
      document.put(dryRun ? "rows" : "deletedRows", rows);
      document.set("namespaces", purge.toTable().toJson());
      print(
          json,
          document,
          "%s\n%s: %d rows\n"
              .formatted(purge.toTable().toText(), dryRun ? "to delete" : "deleted", rows));
      return Odin.SUCCESS;
    }
  }

  private static long purged(NamespacePurge purge) throws InterruptedException {
    try (Progress progress = TerminalProgress.ifTerminal("purge", purge.rows() / 1000)) {
      return purge.run(progress);
    }
  }

  private static RetentionReport delete(
      Persistence persistence, Archiver archiver, RetentionPlan plan) throws InterruptedException {
    try (Progress progress = TerminalProgress.ifTerminal("retention", plan.runs())) {
      return new RetentionRun(persistence, archiver, progress).run(plan);
    }
  }

  /**
   * The location: a directory unless it begins with a scheme; a scheme of one letter is a drive.
   */
  private URI location(String archive) {
    if (archive.isBlank()) {
      throw usage("--archive is empty: name a directory, or leave it out");
    }
    try {
      return archive.matches("[A-Za-z][A-Za-z0-9+.-]+:.*")
          ? new URI(archive)
          : Path.of(archive).toUri();
    } catch (URISyntaxException | InvalidPathException e) {
      throw usage(
          "--archive is no directory and no location such as file:/var/odin/archive: write %20 for"
              + " a space");
    }
  }

  private void requireNoArchive(List<String> namespaces) {
    if (!namespaces.isEmpty()) {
      throw usage(
          "--archive is missing: runs are to be archived of namespace "
              + String.join(", ", namespaces));
    }
  }

  private UsageException usage(String message) {
    return usage("run", message);
  }

  private UsageException usage(String command, String message) {
    return new UsageException(
        Objects.requireNonNull(spec.commandLine().getSubcommands().get(command)), message);
  }

  private void print(boolean json, ObjectNode document, String text) {
    PrintWriter out = spec.commandLine().getOut();
    out.print(json ? document.toPrettyString() + "\n" : text);
    out.flush();
  }
}
