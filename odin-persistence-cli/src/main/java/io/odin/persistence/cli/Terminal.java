package io.odin.persistence.cli;

import java.io.Console;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The terminal that the process runs in. Java does not say which streams are connected to it, so
 * the launcher does, by system properties; without them no stream is.
 */
final class Terminal {

  private static final Pattern SIZE = Pattern.compile("([1-9]\\d{0,3}) ([1-9]\\d{0,3})\\s*");
  private static final Size DEFAULT_SIZE = new Size(24, 80);

  private static volatile boolean asking;

  private Terminal() {}

  /**
   * How much a terminal shows.
   *
   * @param rows lines
   * @param columns characters in a line
   */
  record Size(int rows, int columns) {}

  /** Whether standard error is a terminal. */
  static boolean showsErrors() {
    return Boolean.getBoolean("odin.terminal.stderr");
  }

  /** Whether standard output is a terminal. */
  static boolean showsResults() {
    return Boolean.getBoolean("odin.terminal.stdout");
  }

  /**
   * Whether results may be coloured: standard output is a terminal that can do it, and NO_COLOR is
   * not set (https://no-color.org).
   */
  static boolean showsColours() {
    return showsResults()
        && Optional.ofNullable(System.getenv("NO_COLOR")).orElse("").isEmpty()
        && !"dumb".equals(System.getenv("TERM"));
  }

  /** The size of the terminal as it is now; 24 rows of 80 columns if it cannot be found out. */
  static Size size() {
    try {
      Process stty = new ProcessBuilder("stty", "size").redirectInput(new File("/dev/tty")).start();
      String answer = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      Matcher size = SIZE.matcher(answer);
      return size.matches()
          ? new Size(Integer.parseInt(size.group(1)), Integer.parseInt(size.group(2)))
          : DEFAULT_SIZE;
    } catch (IOException e) {
      // There is no stty, or no terminal.
      return DEFAULT_SIZE;
    }
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
    asking = true;
    try {
      return console.map(terminal -> terminal.readPassword("%s", prompt)).map(String::new);
    } finally {
      asking = false;
    }
  }

  /** Whether a question is being asked. */
  static boolean isAsking() {
    return asking;
  }
}
