package io.odin.persistence.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** What a command has printed, and its exit code. */
record CommandResult(int exitCode, String out, String err) {

  static CommandResult of(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode = Odin.run(new PrintWriter(out), new PrintWriter(err), args);
    return new CommandResult(exitCode, out.toString(), err.toString());
  }
}
