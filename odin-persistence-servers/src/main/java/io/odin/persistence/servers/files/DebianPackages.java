package io.odin.persistence.servers.files;

import io.odin.persistence.servers.process.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Programs out of Debian's packages, unpacked without being installed. They come with all the
 * libraries that they need, down to the loader, and run beside an older system. apt checks the
 * signatures. Nothing of the machine's own package administration is touched.
 *
 * @param root the directory below which the packages are unpacked
 * @param loader the program that runs those of the packages
 */
public record DebianPackages(Path root, Path loader) {

  /** The suite that has every program in its newest version. */
  private static final String SUITE = "sid";

  private static final Path KEYRING = Path.of("/usr/share/keyrings/debian-archive-keyring.gpg");
  private static final Pattern MIRROR =
      Pattern.compile("^'(?<mirror>[^']*/debian)/dists/[^']*'", Pattern.MULTILINE);

  /** Whether this machine has what fetches and unpacks them. */
  public static boolean canBeFetched() {
    return Command.program("apt-get").isPresent()
        && Command.program("dpkg-deb").isPresent()
        && Files.exists(KEYRING);
  }

  /**
   * Packages and all that they depend on, fetched once and kept with the user's cached files.
   *
   * @param product the directory there
   * @throws IOException if they cannot be fetched
   */
  public static DebianPackages of(String product, String... packages) throws IOException {
    Path root = Cache.directory(product, "root", directory -> fetch(directory, packages));
    return new DebianPackages(root, loader(root));
  }

  /** The command that runs a program of the packages. */
  public List<String> command(String program, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                loader.toString(),
                "--library-path",
                String.valueOf(loader.getParent()),
                root.resolve(program).toString()));
    command.addAll(List.of(arguments));
    return command;
  }

  /** The program that loads others, beside the libraries of the same packages. */
  private static Path loader(Path root) throws IOException {
    try (Stream<Path> files =
        Files.find(root.resolve("usr/lib"), 2, (file, attributes) -> isLoader(file))) {
      return files
          .findFirst()
          .orElseThrow(() -> new IOException("there is no loader in " + root + ": delete it"));
    }
  }

  private static boolean isLoader(Path file) {
    return String.valueOf(file.getFileName()).matches("ld-linux.*\\.so\\.\\d+")
        && String.valueOf(file.getParent()).endsWith("-linux-gnu");
  }

  private static void fetch(Path root, String... packages) throws IOException {
    Path work = Files.createTempDirectory("odin-packages-");
    try {
      List<String> apt = apt(work, mirror());
      Command.run(with(apt, "update"));
      Command.run(with(with(apt, "--yes", "--download-only", "install"), packages));
      try (Stream<Path> files = Files.list(work.resolve("archives"))) {
        for (Path archive : files.filter(file -> file.toString().endsWith(".deb")).toList()) {
          Command.run(List.of("dpkg-deb", "--extract", archive.toString(), root.toString()));
        }
      }
    } catch (IOException e) {
      throw new IOException("Debian's packages could not be fetched: " + e.getMessage(), e);
    } finally {
      Cache.delete(work);
    }
  }

  /** The mirror that the machine's own sources name. */
  private static String mirror() throws IOException {
    Matcher sources =
        MIRROR.matcher(
            Command.run(
                List.of("apt-get", "-o", "Debug::NoLocking=true", "--print-uris", "update")));
    if (!sources.find() || !Files.exists(KEYRING)) {
      throw new IOException("this machine's package sources name no mirror of Debian");
    }
    return sources.group("mirror");
  }

  /** apt with directories of its own, which knows of no package that is installed. */
  private static List<String> apt(Path work, String mirror) throws IOException {
    Files.createDirectories(work.resolve("lists/partial"));
    Files.createDirectories(work.resolve("archives/partial"));
    Path status = Files.createFile(work.resolve("status"));
    Path sources =
        Files.writeString(
            work.resolve("sources.list"),
            "deb [signed-by=%s] %s %s main\n".formatted(KEYRING, mirror, SUITE));
    List<String> command = new ArrayList<>(List.of("apt-get", "--quiet"));
    List<String> options =
        List.of(
            "Dir::Etc::sourcelist=" + sources,
            "Dir::Etc::sourceparts=-",
            "Dir::Etc::preferences=-",
            "Dir::Etc::preferencesparts=-",
            "Dir::State::lists=" + work.resolve("lists"),
            "Dir::State::status=" + status,
            "Dir::Cache::archives=" + work.resolve("archives"),
            "Dir::Cache::pkgcache=",
            "Dir::Cache::srcpkgcache=",
            "APT::Install-Recommends=false",
            // Another user could not write into these directories.
            "APT::Sandbox::User=root",
            "Debug::NoLocking=true");
    options.forEach(option -> command.addAll(List.of("-o", option)));
    return command;
  }

  private static List<String> with(List<String> command, String... arguments) {
    List<String> all = new ArrayList<>(command);
    all.addAll(List.of(arguments));
    return all;
  }
}
