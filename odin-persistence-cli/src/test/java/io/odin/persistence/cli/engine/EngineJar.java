package io.odin.persistence.cli.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * The engine in a separate jar, compiled against the API alone.
 *
 * @param jar where it is
 */
record EngineJar(Path jar) {

  private static final String SOURCE =
      "src/test/java/" + SampleEngine.class.getName().replace('.', '/') + ".java";

  /** What a JVM has printed, and its exit code. */
  record Outcome(int exitCode, List<String> out, String err) {}

  /** Compiles it in an empty folder. */
  static EngineJar compile(Path folder) throws IOException {
    Path classes = Files.createDirectory(folder.resolve("classes"));
    String[] options = {
      "-proc:none", "-cp", ClassPath.ofTheApi(), "-sourcepath", "", "-d", classes.toString(), SOURCE
    };
    assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, options)).isZero();
    Path jar = folder.resolve("engine.jar");
    try (JarOutputStream entries = new JarOutputStream(Files.newOutputStream(jar));
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = classes.relativize(file).toString();
        entries.putNextEntry(new JarEntry(name.replace(File.separatorChar, '/')));
        Files.copy(file, entries);
      }
    }
    return new EngineJar(jar);
  }

  /** Runs it in another JVM. */
  Outcome run(String classPath, String... arguments) throws IOException, InterruptedException {
    Path err = jar.resolveSibling("err");
    ProcessBuilder java =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            jar + File.pathSeparator + classPath,
            SampleEngine.class.getName());
    java.command().addAll(List.of(arguments));
    Process process = java.redirectError(err.toFile()).start();
    List<String> out = process.inputReader().lines().toList();
    return new Outcome(process.waitFor(), out, Files.readString(err));
  }
}
