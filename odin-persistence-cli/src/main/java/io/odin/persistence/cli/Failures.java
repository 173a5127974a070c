package io.odin.persistence.cli;

import io.odin.persistence.error.BackendFailureException;
import io.odin.persistence.error.InvalidRequestException;
import io.odin.persistence.error.PersistenceException;
import io.odin.persistence.error.UnavailableException;
import io.odin.persistence.health.HealthReport.Finding;
import io.odin.persistence.health.HealthReport.Status;
import io.odin.persistence.servers.AddedJars;
import io.odin.persistence.servers.process.AtExit;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.UnknownHostException;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Turns failures into one line that says what to do, and an exit code. */
final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {

  @Override
  public int handleParseException(ParameterException failure, String[] args) {
    return usage(failure, args);
  }

  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
    if (failure instanceof ParameterException usage) {
      return usage(usage, new String[0]);
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

  private static int usage(ParameterException failure, String[] args) {
    CommandLine command = failure.getCommandLine();
    String help = command.getCommandSpec().qualifiedName() + " --help";
    String line = oneLine(UsageText.of(failure, args));
    print(command, line + " (see " + help + ")", withoutValues(line, failure));
    return Odin.USAGE;
  }

  /** What picocli says, and what caused it, quotes the command line. */
  private static Exception withoutValues(String line, ParameterException failure) {
    Exception copy = new IllegalArgumentException(line);
    copy.setStackTrace(failure.getStackTrace());
    return copy;
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
      err.print(trace);
    }
    err.flush();
  }

  /** What happened and what to do, in one line. It has no value of an option. */
  static String describe(Exception failure) {
    return oneLine(
        switch (failure) {
          case PersistenceException refused -> describe(refused);
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

  /** The failure as a finding of the doctor: its first sentence, and what to do. */
  static Finding finding(PersistenceException failure) {
    String[] sentences = what(failure).split("\\.\\s+", 2);
    String rest =
        sentences.length == 1 ? "do what it says; the server's log may have more" : sentences[1];
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
      if (message(failure).contains("maximumPoolSize")) {
        // The server is running, and has no connection left for the account.
        return "";
      }
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
