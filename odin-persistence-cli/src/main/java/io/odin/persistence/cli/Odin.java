package io.odin.persistence.cli;

import java.io.PrintWriter;
import java.sql.DriverManager;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
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
      VersionCommand.class
    },
    versionProvider = VersionCommand.Provider.class,
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "  bench    Measures the library beside plain JDBC and beside its peers.",
      "",
      "Exit codes: 0 success, 1 failure, 2 the command line is wrong, 3 the schema is not current.",
      "Begin with: ./odin demo"
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

  private static final int LOGIN_SECONDS = 30;

  // Drivers and Liquibase log what they throw as well. Kept here, because java.util.logging
  // forgets a level together with its logger.
  private static final Logger JAVA_LOGGING = Logger.getLogger("");

  @Spec private CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Shows what the command does.")
  @SuppressWarnings("UnusedVariable") // picocli wants a place for it, and acts on it itself
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Shows the version.")
  @SuppressWarnings("UnusedVariable") // picocli wants a place for it, and acts on it itself
  private boolean version;

  @Option(
      names = "--stacktrace",
      scope = ScopeType.INHERIT,
      description = "Shows where a failure comes from.")
  private boolean stacktrace;

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] args) {
    JAVA_LOGGING.setLevel(Level.OFF);
    PrintWriter out = new PrintWriter(System.out, true, System.out.charset());
    PrintWriter err = new PrintWriter(System.err, true, System.err.charset());
    System.exit(run(out, err, args));
  }

  /**
   * Runs a command.
   *
   * @param out where results go
   * @param err where failures go
   * @return the exit code
   */
  static int run(PrintWriter out, PrintWriter err, String... args) {
    // Some drivers wait without end for the first word of a server, which a wrong port never says.
    DriverManager.setLoginTimeout(LOGIN_SECONDS);
    Odin odin = new Odin();
    CommandLine line = new CommandLine(odin);
    line.setOut(out)
        .setErr(err)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(new Failures(odin))
        .setExecutionExceptionHandler(new Failures(odin));
    return line.execute(args);
  }

  /** Whether a failure is to be shown with its stack trace. */
  boolean showsStackTraces() {
    return stacktrace;
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "which command? demo, schema, doctor, monitor, retention or version");
  }
}
