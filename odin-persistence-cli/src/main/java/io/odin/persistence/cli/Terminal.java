package io.odin.persistence.cli;

import java.io.Console;
import java.util.Optional;

/**
 * Whether someone is looking. Java cannot tell it for each stream, so the launcher does; without
 * it, no one is.
 */
final class Terminal {

  private Terminal() {}

  /** Whether what is written to standard error is seen at once, and can be overwritten. */
  static boolean showsErrors() {
    return Boolean.getBoolean("odin.terminal.stderr");
  }

  /** Whether what is written to standard output is seen at once, and can be overwritten. */
  static boolean showsResults() {
    return Boolean.getBoolean("odin.terminal.stdout");
  }

  /**
   * Asks for a secret without showing it.
   *
   * @return what was typed; empty if there is no terminal, or the input has ended
   */
  static Optional<String> askForSecret(String prompt) {
    if (!Boolean.getBoolean("odin.terminal.stdin")) {
      return Optional.empty();
    }
    Optional<Console> console = Optional.ofNullable(System.console());
    return console.map(terminal -> terminal.readPassword("%s", prompt)).map(String::new);
  }
}
