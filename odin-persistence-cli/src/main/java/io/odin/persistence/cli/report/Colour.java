package io.odin.persistence.cli.report;

/** How a part of a text is shown on a terminal. */
public enum Colour {
  NONE(""),
  BOLD("1"),
  GREEN("32"),
  YELLOW("33"),
  RED("31");

  private final String code;

  Colour(String code) {
    this.code = code;
  }

  /** The text with the control sequences that a terminal takes for the colour. */
  public String paint(String text) {
    return this == NONE || text.isEmpty() ? text : "\033[" + code + "m" + text + "\033[0m";
  }
}
