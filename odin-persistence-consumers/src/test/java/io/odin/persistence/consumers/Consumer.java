package io.odin.persistence.consumers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** An application of {@code src/consumers}, as {@link Build} has built it. */
enum Consumer {
  PLAIN("plain", "Maven with the BOM"),
  NEWEST_JOOQ("newest-jooq", "Maven, the newest jOOQ"),
  WITHOUT_LIQUIBASE("without-liquibase", "Maven, Liquibase excluded"),
  MODULAR("modular", "Maven, a `module-info`"),
  MYSQL("mysql", "Maven, MySQL"),
  SPRING_BOOT_3("spring-boot-3", "Spring Boot " + System.getProperty("consumers.springBoot3")),
  SPRING_BOOT_4("spring-boot-4", "Spring Boot " + System.getProperty("consumers.springBoot4"));

  private static final String NESTED = "BOOT-INF/lib/";

  private final String folder;
  private final String description;

  Consumer(String folder, String description) {
    this.folder = folder;
    this.description = description;
  }

  /** As the table of supported versions names it. */
  String description() {
    return description;
  }

  /** The folder of its project. */
  Path folder() {
    return Build.FOLDER.resolve(folder);
  }

  /** Its classes. */
  Path classes() {
    return folder().resolve("target/classes");
  }

  /** The folder with the jars that it depends on at run time. */
  Path lib() throws IOException {
    Path lib = folder().resolve("target/lib");
    Path fatJar = fatJar();
    if (Files.exists(fatJar) && !Files.exists(lib)) {
      unpack(fatJar, Files.createDirectory(lib));
    }
    return lib;
  }

  /** The jar that holds the application and all its dependencies; only Spring Boot makes one. */
  Path fatJar() {
    return folder().resolve("target/application.jar");
  }

  private static void unpack(Path fatJar, Path lib) throws IOException {
    try (ZipFile file = new ZipFile(fatJar.toFile())) {
      for (ZipEntry jar : file.stream().filter(Consumer::isNested).toList()) {
        Files.copy(file.getInputStream(jar), lib.resolve(jar.getName().substring(NESTED.length())));
      }
    }
  }

  private static boolean isNested(ZipEntry entry) {
    return entry.getName().startsWith(NESTED) && entry.getName().endsWith(".jar");
  }

  /** The jars that it depends on at run time. */
  List<Path> jars() throws IOException {
    try (Stream<Path> jars = Files.list(lib())) {
      return jars.sorted().toList();
    }
  }
}
