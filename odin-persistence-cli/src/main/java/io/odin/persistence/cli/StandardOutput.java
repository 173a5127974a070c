package io.odin.persistence.cli;

import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;

/**
 * The standard output of the process. A failed write ends the command, while {@code System.out}
 * would ignore it.
 */
final class StandardOutput extends OutputStream {

  private final FileOutputStream file = new FileOutputStream(FileDescriptor.out);

  private StandardOutput() {}

  /** A writer whose methods throw {@link OutputFailedException}. */
  static PrintWriter open() {
    return new PrintWriter(
        new BufferedWriter(new OutputStreamWriter(new StandardOutput(), System.out.charset())),
        true);
  }

  @Override
  public void write(int value) {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    try {
      file.write(bytes, offset, length);
    } catch (IOException e) {
      throw new OutputFailedException(e);
    }
  }
}
