package io.odin.persistence.servers.process;

import io.zonky.test.db.postgres.util.LinuxUtils;
import java.util.List;
import java.util.stream.Stream;

/** Runs programs that refuse to run as root. */
public final class Unprivileged {

  private Unprivileged() {}

  /** The command that runs another one, as root as a user without privileges. */
  public static List<String> command(List<String> command) {
    return Stream.concat(
            LinuxUtils.isUnshareAvailable() ? Stream.of("unshare", "-U") : Stream.of(),
            command.stream())
        .toList();
  }
}
