package io.odin.persistence.servers.process;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Signals to a process and all that it has started. */
public final class Signals {

  private Signals() {}

  /** Ends them at once and waits for it. */
  public static void kill(ProcessHandle process) {
    List<ProcessHandle> all = family(process);
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(one -> one.onExit().join());
  }

  /** Stops them until {@link #resume}. */
  public static void pause(ProcessHandle process) throws IOException {
    send("-STOP", family(process));
  }

  /** Lets them go on. */
  public static void resume(ProcessHandle process) throws IOException {
    send("-CONT", family(process));
  }

  private static List<ProcessHandle> family(ProcessHandle process) {
    return Stream.concat(Stream.of(process), process.descendants()).toList();
  }

  private static void send(String signal, List<ProcessHandle> processes) throws IOException {
    List<String> command = new ArrayList<>(List.of("kill", signal));
    processes.stream()
        .filter(ProcessHandle::isAlive)
        .forEach(process -> command.add(Long.toString(process.pid())));
    Command.run(command);
  }
}
