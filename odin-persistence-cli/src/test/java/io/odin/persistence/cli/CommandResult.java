package io.odin.persistence.cli;

import static org.assertj.core.api.Assertions.assertThat;

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

  /** Demands that it failed, with one line that says why and has no secret. */
  void fails(String message) {
    assertThat(err).startsWith("odin: ").contains(message);
    assertThat(err).doesNotContain("wrong-password").doesNotContain("\tat ");
    assertThat(err.lines()).hasSize(1);
    assertThat(out).isEmpty();
    assertThat(exitCode).isEqualTo(Odin.FAILURE);
  }
}
