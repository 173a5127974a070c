import com.google.googlejavaformat.java.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Runs google-java-format over every source of the tree. It reads Java with the compiler of the JVM
 * that it runs in, and Maven may run on a JVM too old for our sources; so the build starts this
 * with the toolchain's java instead of a plugin inside Maven.
 */
final class Format {
  public static void main(String[] args) throws Exception {
    var check =
        switch (args[0]) {
          case "check" -> true;
          case "apply" -> false;
          default -> throw new IllegalArgumentException("-Dformat is check or apply: " + args[0]);
        };
    var arguments =
        new ArrayList<>(
            check ? List.of("--dry-run", "--set-exit-if-changed") : List.of("--replace"));
    sources(Path.of(".mvn")).map(Path::toString).sorted().forEach(arguments::add);
    try (var modules = Files.list(Path.of(""))) {
      for (var module : modules.filter(dir -> Files.exists(dir.resolve("pom.xml"))).toList()) {
        sources(module.resolve("src")).map(Path::toString).sorted().forEach(arguments::add);
      }
    }
    var out = new PrintWriter(System.out, true);
    var status =
        new Main(out, new PrintWriter(System.err, true), System.in)
            .format(arguments.toArray(String[]::new));
    if (status != 0 && check) {
      out.println("These files are not formatted; to format them: ./mvnw -N verify -Dformat=apply");
    }
    System.exit(status);
  }

  private static Stream<Path> sources(Path src) throws IOException {
    return Files.isDirectory(src)
        ? Files.walk(src).filter(file -> file.toString().endsWith(".java"))
        : Stream.empty();
  }
}
