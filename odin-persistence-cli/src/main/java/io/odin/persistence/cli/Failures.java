package io.odin.persistence.cli;

import io.odin.persistence.error.BackendFailureException;
import io.odin.persistence.error.InvalidRequestException;
import io.odin.persistence.error.PersistenceException;
import io.odin.persistence.error.UnavailableException;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what went wrong into one line that says what to do, and an exit code. */
final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {

  private final Odin odin;

  Failures(Odin odin) {
    this.odin = odin;
  }

  @Override
  public int handleParseException(ParameterException failure, String[] args) {
    return usage(failure);
  }

  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
    if (failure instanceof ParameterException usage) {
      return usage(usage);
    }
    print(command, describe(failure), failure);
    return failure instanceof InvalidRequestException ? Odin.USAGE : Odin.FAILURE;
  }

  private int usage(ParameterException failure) {
    CommandLine command = failure.getCommandLine();
    String help = "./" + command.getCommandSpec().qualifiedName() + " --help";
    print(command, describe(failure) + " (" + help + " tells more)", failure);
    return Odin.USAGE;
  }

  private void print(CommandLine command, String line, Exception failure) {
    PrintWriter err = command.getErr();
    err.println("odin: " + line.strip().replaceAll("\\s*\\R\\s*", " "));
    if (odin.showsStackTraces()) {
      failure.printStackTrace(err);
    }
    err.flush();
  }

  /** What happened and what to do, in words. Never more of an argument than its name. */
  static String describe(Exception failure) {
    return switch (failure) {
      case UnmatchedArgumentException unmatched -> describe(unmatched);
      case UnavailableException unavailable -> describe(unavailable);
      case BackendFailureException refused -> describe(refused);
      case PersistenceException refused -> message(refused);
      case IOException broken -> "the embedded PostgreSQL did not start: " + message(broken);
      case ParameterException wrong -> message(wrong);
      default -> message(failure);
    };
  }

  private static String describe(UnmatchedArgumentException failure) {
    String first = failure.getUnmatched().getFirst();
    Set<String> commands = failure.getCommandLine().getSubcommands().keySet();
    if (first.startsWith("-")) {
      return "there is no option "
          + first.replaceFirst("=.*", "")
          + (commands.isEmpty() ? "" : " before the command: " + String.join(", ", commands));
    }
    return commands.isEmpty()
        // It may be a password that has lost its option, or that stands behind a mistyped one.
        ? "there is an argument too many, after the options"
        : "there is no command " + first + ", only " + String.join(", ", commands);
  }

  private static String describe(UnavailableException failure) {
    if (failure.reason() != UnavailableException.Reason.CONNECTION) {
      return message(failure);
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnknownHostException unknown) {
        return "there is no host " + unknown.getMessage() + ": check --url";
      }
    }
    // The first sentence: what the driver advises after it is about a server on this machine.
    return message(failure).replaceFirst("\\.\\s.*", "")
        + ": is the server running, and is --url right?";
  }

  private static String describe(BackendFailureException failure) {
    // The classes of SQLSTATE that the standard gives to logins and to database names.
    if (failure.sqlState().startsWith("28")) {
      return message(failure) + ": check --user, and --password or ODIN_PASSWORD";
    }
    if (failure.sqlState().startsWith("3D")) {
      return message(failure) + ": create the database first, or correct --url";
    }
    return message(failure);
  }

  private static String message(Exception failure) {
    String message = Optional.ofNullable(failure.getMessage()).orElse(failure.toString());
    return message.strip().replaceFirst("\\.$", "");
  }
}
