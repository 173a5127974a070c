package io.odin.persistence.cli;

import io.odin.persistence.error.BackendFailureException;
import io.odin.persistence.error.InvalidRequestException;
import io.odin.persistence.error.PersistenceException;
import io.odin.persistence.error.UnavailableException;
import io.odin.persistence.health.HealthReport.Finding;
import io.odin.persistence.health.HealthReport.Status;
import io.odin.persistence.servers.AddedJars;
import io.odin.persistence.servers.AtExit;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns failures into one line that says what to do, and an exit code. */
final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {

  @Override
  public int handleParseException(ParameterException failure, String[] args) {
    return usage(failure);
  }

  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
    if (failure instanceof ParameterException usage) {
      return usage(usage);
    }
    return report(command, failure);
  }

  /** Reports a failure, unless the reader of the results has ended; returns the exit code. */
  int report(CommandLine command, Exception failure) {
    if (failure instanceof OutputFailedException output && output.isReaderClosed()) {
      return Odin.READER_CLOSED;
    }
    print(command, describe(failure), failure);
    return failure instanceof InvalidRequestException ? Odin.USAGE : Odin.FAILURE;
  }

  private int usage(ParameterException failure) {
    CommandLine command = failure.getCommandLine();
    String help = command.getCommandSpec().qualifiedName() + " --help";
    print(command, describe(failure) + " (see " + help + ")", failure);
    return Odin.USAGE;
  }

  private static void print(CommandLine command, String line, Exception failure) {
    if (AtExit.hasBegun()) {
      // A signal has interrupted the command, and this is a consequence.
      return;
    }
    PrintWriter err = command.getErr();
    err.println("odin: " + line);
    if (Odin.showsStackTraces(command)) {
      StringWriter trace = new StringWriter();
      failure.printStackTrace(new PrintWriter(trace));
      err.print(redact(trace.toString()));
    }
    err.flush();
  }

  /** A text that may quote an option with its value, which may be a password, without the value. */
  private static String redact(String text) {
    return text.replaceAll("'(-[^'=]+)=[^']*'", "'$1'");
  }

  /** What happened and what to do, in one line. It has no value of an option. */
  static String describe(Exception failure) {
    return oneLine(
        switch (failure) {
          case UnmatchedArgumentException unmatched -> describe(unmatched);
          case PersistenceException refused -> describe(refused);
          case ParameterException wrong -> redact(message(wrong));
          default -> message(failure);
        });
  }

  private static String describe(PersistenceException failure) {
    String advice = advice(failure);
    return advice.isEmpty() ? what(failure) : what(failure) + ": " + advice;
  }

  private static String oneLine(String text) {
    return text.strip().replaceAll("\\s*\\R\\s*", " ");
  }

  private static String describe(UnmatchedArgumentException failure) {
    String first = failure.getUnmatched().getFirst();
    if (first.startsWith("@")) {
      return "the options file, named after the @, cannot be read";
    }
    Set<String> commands = failure.getCommandLine().getSubcommands().keySet();
    if (first.startsWith("-")) {
      return "there is no option "
          + first.replaceFirst("=.*", "")
          + (commands.isEmpty() ? "" : " before the command: " + String.join(", ", commands));
    }
    return commands.isEmpty()
        // It may be a password that has lost its option, or that follows a mistyped one.
        ? "there is an argument too many, after the options"
        : "there is no command " + first + ", only " + String.join(", ", commands);
  }

  /** The failure as a finding of the doctor: its first sentence, and what to do. */
  static Finding finding(PersistenceException failure) {
    String[] sentences = what(failure).split("\\.\\s+", 2);
    String rest = sentences.length == 1 ? "see the server's log" : sentences[1];
    String advice = advice(failure);
    return new Finding("opening", Status.FAILURE, sentences[0], advice.isEmpty() ? rest : advice);
  }

  /** What happened, without {@link #advice}. */
  private static String what(PersistenceException failure) {
    if (!isConnection(failure)) {
      return oneLine(message(failure));
    }
    // The first sentence: what the driver advises after it is about a server on this machine.
    return unknownHost(failure)
        .map(host -> "there is no host " + host)
        .orElseGet(() -> oneLine(message(failure).replaceFirst("\\.\\s.*", "")));
  }

  /** What to do if the options are wrong; empty if the message says it. */
  private static String advice(PersistenceException failure) {
    if (isConnection(failure)) {
      return unknownHost(failure).isPresent()
          ? "check --url"
          : "is the server running, and is --url right?";
    }
    // The classes of SQLSTATE that the standard gives to logins and to database names.
    String sqlState = failure instanceof BackendFailureException refused ? refused.sqlState() : "";
    if (sqlState.startsWith("28")) {
      return "check --user, and --password or ODIN_PASSWORD";
    }
    if (sqlState.equals("08001")) {
      return AddedJars.advice().orElse("");
    }
    return sqlState.startsWith("3D") ? "create the database first, or correct --url" : "";
  }

  private static boolean isConnection(PersistenceException failure) {
    return failure instanceof UnavailableException unavailable
        && unavailable.reason() == UnavailableException.Reason.CONNECTION;
  }

  private static Optional<String> unknownHost(PersistenceException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnknownHostException unknown) {
        // Before an @ are user and password, which not every driver separates; after a colon is the
        // message of the system, which is there the first time only.
        return Optional.ofNullable(unknown.getMessage())
            .map(host -> host.replaceFirst(".*@", "").replaceFirst(": .*", ""));
      }
    }
    return Optional.empty();
  }

  private static String message(Exception failure) {
    String message = Optional.ofNullable(failure.getMessage()).orElse(failure.toString());
    return message.strip().replaceFirst("\\.$", "");
  }
}
