package io.odin.persistence.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The command line as a process with a dedicated temporary folder, which it must leave empty. */
final class OdinProcess implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Path folder;
  private final Process process;

  private OdinProcess(Path folder, Process process) {
    this.folder = folder;
    this.process = process;
  }

  /**
   * Starts it.
   *
   * @param folder where {@code temporary}, {@code out} and {@code err} are made
   * @param environment variables that are added
   */
  static OdinProcess start(Path folder, Map<String, String> environment, String... arguments)
      throws IOException {
    return start(folder, environment, Redirect.to(folder.resolve("out").toFile()), arguments);
  }

  static OdinProcess start(
      Path folder, Map<String, String> environment, Redirect out, String... arguments)
      throws IOException {
    return run(folder, environment, out, command(folder, List.of(), arguments));
  }

  /** Starts it in a new terminal, into which {@link #type} types; needs {@code script}. */
  static OdinProcess startInTerminal(Path folder, String... arguments) throws IOException {
    List<String> flags =
        Stream.of("stdin", "stdout", "stderr")
            .map(stream -> "-Dodin.terminal." + stream + "=true")
            .toList();
    String command =
        command(folder, flags, arguments).stream()
            .map(word -> "'" + word + "'")
            .collect(Collectors.joining(" "));
    return run(
        folder,
        Map.of(),
        Redirect.to(folder.resolve("out").toFile()),
        List.of(
            "script",
            "--quiet",
            "--return",
            "--command",
            "stty rows 14 cols 70; exec " + command,
            "/dev/null"));
  }

  private static List<String> command(Path folder, List<String> flags, String... arguments)
      throws IOException {
    Path temporary = Files.createDirectories(folder.resolve("temporary"));
    List<String> command = new ArrayList<>(signalsByDefault());
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Djava.io.tmpdir=" + temporary,
            "-XX:-UsePerfData",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED"));
    command.addAll(flags);
    // Maven runs tests with a jar that points to their class path, and names it in a property.
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            Odin.class.getName()));
    command.addAll(List.of(arguments));
    return command;
  }

  /** A build in the background of a shell ignores SIGINT, and so would its children. */
  private static List<String> signalsByDefault() throws IOException {
    List<String> env = List.of("env", "--default-signal=INT");
    List<String> trial = new ArrayList<>(env);
    trial.add("true");
    Process process =
        new ProcessBuilder(trial)
            .redirectError(Redirect.DISCARD)
            .redirectOutput(Redirect.DISCARD)
            .start();
    return process.onExit().join().exitValue() == 0 ? env : List.of();
  }

  private static OdinProcess run(
      Path folder, Map<String, String> environment, Redirect out, List<String> command)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(out)
            .redirectError(folder.resolve("err").toFile());
    builder.environment().keySet().removeIf(name -> name.matches("(ODIN|PG).*|NO_COLOR"));
    builder.environment().putAll(environment);
    return new OdinProcess(folder, builder.start());
  }

  /** What it has written to standard output, or to its terminal. */
  String out() {
    return read("out");
  }

  /** What it has written to standard error. */
  String err() {
    return read("err");
  }

  private String read(String name) {
    try {
      return Files.readString(folder.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its standard output, where it is a pipe. */
  Process process() {
    return process;
  }

  void signal(String name) throws IOException {
    Process kill =
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).inheritIO().start();
    assertThat(kill.onExit().join().exitValue()).isZero();
  }

  /** Types a character into its terminal. */
  void type(char character) throws IOException {
    process.getOutputStream().write(character);
    process.getOutputStream().flush();
  }

  /** Waits for its end; the exit code. */
  int await() throws InterruptedException {
    assertThat(process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS))
        .as("it ends in time: %s", process)
        .isTrue();
    return process.exitValue();
  }

  /** The first parts of the names of what is in its temporary folder, up to a dash and a number. */
  Set<String> temporaryFiles() {
    String[] names = new File(folder.toFile(), "temporary").list();
    return names == null
        ? Set.of()
        : Stream.of(names)
            .map(name -> name.replaceFirst("[-_]\\d+(\\.\\w+)?$", ""))
            .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Demands that no file and no process is left. */
  void assertNothingIsLeft() {
    assertThat(temporaryFiles()).as("temporary files").isEmpty();
    assertThat(
            ProcessHandle.allProcesses()
                .map(left -> left.info().commandLine().orElse(""))
                .filter(line -> line.contains(folder.toString())))
        .as("processes")
        .isEmpty();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
