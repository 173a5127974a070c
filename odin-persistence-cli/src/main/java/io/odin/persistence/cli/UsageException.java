package io.odin.persistence.cli;

import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * A command line that is wrong, in words of this program: they have no value that could be a
 * secret. What picocli says quotes the values.
 */
public final class UsageException extends ParameterException {

  private static final long serialVersionUID = 1L;

  /** Of a command. */
  public UsageException(CommandLine command, String message) {
    super(command, message);
  }
}
