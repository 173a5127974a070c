package io.odin.persistence.cli.demo;

/** The demo cannot go on; the message says why and what to do. */
public final class DemoFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Says why, in one line. */
  public DemoFailedException(String message) {
    super(message);
  }
}
