package io.odin.persistence.cli;

import io.odin.persistence.servers.process.AtExit;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** A command line as a process: its streams, its exit code, and its end by a signal. */
public final class Program {

  // How long a command may take to give back what it holds. Servers are stopped after that.
  private static final Duration GRACE = Duration.ofSeconds(5);

  // Drivers and Liquibase log what they throw as well. Kept here, because java.util.logging
  // drops a level together with its logger.
  private static final Logger JAVA_LOGGING = Logger.getLogger("");

  private static volatile boolean parsed;

  private Program() {}

  /**
   * Runs a command and ends the process with its exit code. A signal that asks the process to end
   * (SIGINT, SIGTERM, SIGHUP) interrupts the calling thread, so that the command closes what it has
   * opened; the exit code is then 128 and the number of the signal.
   */
  public static void run(CommandLine line, String... args) {
    JAVA_LOGGING.setLevel(Level.OFF);
    Thread command = Thread.currentThread();
    CountDownLatch ended = new CountDownLatch(1);
    AtExit.add(() -> end(command, ended));
    PrintWriter out = StandardOutput.open();
    PrintWriter err = new PrintWriter(System.err, true, System.err.charset());
    int exitCode = execute(line, out, err, args);
    ended.countDown();
    System.exit(exitCode);
  }

  private static void end(Thread command, CountDownLatch ended) {
    command.interrupt();
    if (!parsed || Terminal.isAsking()) {
      // Reading a password from a terminal cannot be interrupted, and nothing is open yet.
      return;
    }
    try {
      if (!ended.await(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
        System.err.println(
            "odin: ended without waiting for the database; leases end when they expire");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Runs a command in this process.
   *
   * @param out where results go
   * @param err where failures go
   * @return the exit code
   */
  static int execute(CommandLine line, PrintWriter out, PrintWriter err, String... args) {
    Failures failures = new Failures();
    line.setOut(out)
        .setErr(err)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(failures)
        .setExecutionExceptionHandler(failures)
        .setExecutionStrategy(result -> runLast(result, line, failures));
    return line.execute(args);
  }

  private static int runLast(ParseResult result, CommandLine line, Failures failures) {
    parsed = true;
    try {
      int exitCode = new CommandLine.RunLast().execute(result);
      line.getOut().flush();
      return exitCode;
    } catch (OutputFailedException e) {
      // Not by a command, whose exceptions are handled: by a help text, or by the flush.
      return failures.report(line, e);
    }
  }
}
