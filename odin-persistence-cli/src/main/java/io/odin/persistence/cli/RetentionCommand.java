package io.odin.persistence.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.odin.persistence.Persistence;
import io.odin.persistence.cli.report.Progress;
import io.odin.persistence.cli.retention.RetentionPlan;
import io.odin.persistence.cli.retention.RetentionReport;
import io.odin.persistence.cli.retention.RetentionRun;
import io.odin.persistence.retention.Archiver;
import java.io.PrintWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Archives and deletes expired runs. */
@Command(
    name = "retention",
    header = "Archives and deletes expired runs.",
    synopsisSubcommandLabel = "COMMAND")
final class RetentionCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "retention needs a command: run");
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

  private static RetentionReport delete(
      Persistence persistence, Archiver archiver, RetentionPlan plan) throws InterruptedException {
    try (Progress progress = TerminalProgress.ifTerminal("retention", "runs", plan.runs())) {
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
      throw usage("--archive is no directory and no location: " + e.getMessage());
    }
  }

  private void requireNoArchive(List<String> namespaces) {
    if (!namespaces.isEmpty()) {
      throw usage(
          "--archive is missing: runs are to be archived of namespace "
              + String.join(", ", namespaces));
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine().getSubcommands().get("run"), message);
  }

  private void print(boolean json, ObjectNode document, String text) {
    PrintWriter out = spec.commandLine().getOut();
    out.print(json ? document.toPrettyString() + "\n" : text);
    out.flush();
  }
}
