package io.odin.persistence.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command line. */
@Command(
    name = "odin",
    header = "Odin persistence: one API for workflow state, interchangeable databases.",
    subcommands = {
      DemoCommand.class,
      SchemaCommand.class,
      DoctorCommand.class,
      MonitorCommand.class,
      RetentionCommand.class,
      TortureCommand.class,
      CompletionCommand.class,
      VersionCommand.class
    },
    versionProvider = VersionCommand.Provider.class,
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "  bench    Measures the library beside plain JDBC and beside its peers.",
      "",
      "Exit codes: 0 success, 1 failure, 2 the command line is wrong, 3 the schema is not current,",
      "130 Ctrl-C, 143 SIGTERM, 141 the reader of a pipe has ended.",
      "Begin with: odin demo"
    })
public final class Odin implements Runnable {

  /** It worked. */
  static final int SUCCESS = 0;

  /** It did not work. */
  static final int FAILURE = 1;

  /** The command line was wrong. */
  static final int USAGE = 2;

  /** The schema of the database is not the one that the library needs. */
  static final int SCHEMA_NOT_CURRENT = 3;

  /**
   * The reader of the results has ended: what a shell reports of a process that SIGPIPE has ended.
   */
  static final int READER_CLOSED = 141;

  @Spec private CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Shows what the command does.")
  @SuppressWarnings("UnusedVariable") // picocli needs the field, and handles the option itself
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Shows the version.")
  @SuppressWarnings("UnusedVariable") // picocli needs the field, and handles the option itself
  private boolean version;

  @Option(
      names = "--stacktrace",
      scope = ScopeType.INHERIT,
      description = "Shows where a failure comes from.")
  private boolean stacktrace;

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] args) {
    Program.run(commandLine(), args);
  }

  static CommandLine commandLine() {
    return new CommandLine(new Odin());
  }

  /**
   * Runs a command in this process.
   *
   * @param out where results go
   * @param err where failures go
   * @return the exit code
   */
  static int run(PrintWriter out, PrintWriter err, String... args) {
    return Program.execute(commandLine(), out, err, args);
  }

  /** Whether failures of this command line are shown with their stack traces. */
  static boolean showsStackTraces(CommandLine command) {
    return command.getCommandSpec().root().userObject() instanceof Odin odin && odin.stacktrace;
  }

  @Override
  public void run() {
    throw new UsageException(
        spec.commandLine(),
        "a command is missing: demo, schema, doctor, monitor, retention, completion or version");
  }
}
