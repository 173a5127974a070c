package io.odin.persistence.cli.torture;

import io.odin.persistence.servers.files.Disk;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/** What can be done to a server and to the network in front of it. */
public enum Fault {
  /** All processes of the server are killed, and it is started again. */
  KILL("kill"),
  /** All processes of the server are stopped for a while. */
  PAUSE("pause"),
  /** All connections are cut. */
  CUT("cut"),
  /** All connections are cut and no new ones accepted for a while. */
  UNREACHABLE("unreachable"),
  /** What clients send is swallowed for a while. */
  LOSE_REQUESTS("lose-requests"),
  /** What the server replies is swallowed for a while. */
  LOSE_REPLIES("lose-replies"),
  /** The server accepts no writes for a while. */
  READ_ONLY("read-only"),
  /** The server ends all sessions of the application. */
  KILL_CLIENTS("kill-clients"),
  /** The disk of the server has no space left for a while. */
  FULL_DISK("full-disk"),
  /** All processes of the server are killed, its data are lost, and its standby takes over. */
  FAILOVER("failover");

  private final String option;

  Fault(String option) {
    this.option = option;
  }

  /** The name on the command line. */
  public String option() {
    return option;
  }

  /** All that this process can cause. */
  public static Set<Fault> possible() {
    Set<Fault> faults = EnumSet.allOf(Fault.class);
    if (!Disk.canBeOwn()) {
      faults.remove(FULL_DISK);
    }
    return faults;
  }

  /** All names, separated by commas. */
  public static String names() {
    return Arrays.stream(values()).map(Fault::option).collect(Collectors.joining(", "));
  }

  /**
   * The faults with these names.
   *
   * @throws IllegalArgumentException if one is the name of no fault
   */
  public static Set<Fault> of(Iterable<String> names) {
    Set<Fault> faults = EnumSet.noneOf(Fault.class);
    for (String name : names) {
      faults.add(
          Arrays.stream(values())
              .filter(fault -> fault.option.equals(name.strip()))
              .findFirst()
              .orElseThrow(() -> new IllegalArgumentException("faults are " + names())));
    }
    return faults;
  }
}
