package io.odin.persistence.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is in the archives. */
class ContentTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private static Path directory;
  private static Distribution distribution;

  @BeforeAll
  static void unpack(@TempDir Path empty) throws Exception {
    directory = empty;
    distribution = Distribution.unpackedIn(directory);
  }

  @Test
  void bothArchives_haveTheSameFiles() throws Exception {
    List<String> inTar =
        Distribution.run(
                directory,
                Map.of(),
                List.of("tar", "-tzf", Distribution.archive("\\.tar\\.gz").toString()))
            .succeeds()
            .out()
            .lines()
            .filter(ContentTest::isFile)
            .sorted()
            .toList();
    try (ZipFile zip = new ZipFile(Distribution.archive("\\.zip").toFile())) {
      List<String> inZip =
          zip.stream().map(ZipEntry::getName).filter(ContentTest::isFile).sorted().toList();

      assertThat(inZip).isEqualTo(inTar).isNotEmpty();
    }
  }

  /** Directories have a slash at the end; the zip has more of them. */
  private static boolean isFile(String entry) {
    return !entry.endsWith("/");
  }

  /** The SBOM has each jar, and no other; so has NOTICE, which is made from it. */
  @Test
  void sbomAndNotice_haveTheJarsInLib() throws IOException {
    List<String> components = new ArrayList<>();
    List<String> ofOthers = new ArrayList<>();
    for (JsonNode component :
        new ObjectMapper().readTree(read("sbom.cdx.json")).get("components")) {
      String name = component.get("name").asText();
      String version = component.get("version").asText();
      components.add(name + "-" + version + ".jar");
      if (!component.get("group").asText().startsWith("io.odin.")) {
        ofOthers.add(name + " " + version);
      }
    }
    Collections.sort(components);

    assertThat(distribution.jars()).isEqualTo(components).hasSizeGreaterThan(20);
    assertThat(read("NOTICE")).contains(ofOthers);
    assertThat(distribution.jars()).noneMatch(jar -> jar.startsWith("mysql-connector"));
  }

  /** As in the source tree, and so as in the jars. */
  @Test
  void schemas_areThoseOfTheSourceTree() throws IOException {
    Path schemas = ROOT.resolve("Schemas");
    try (Stream<Path> files = Files.walk(schemas)) {
      List<Path> sources = files.filter(Files::isRegularFile).toList();
      assertThat(sources).hasSizeGreaterThan(20);
      for (Path source : sources) {
        assertThat(distribution.home().resolve("Schemas").resolve(schemas.relativize(source)))
            .hasSameBinaryContentAs(source);
      }
    }
  }

  @Test
  void texts_haveTheirVersionsFilledIn() throws IOException {
    assertThat(read("README.md") + read("lib/ext/README.md")).doesNotContain("${");
    assertThat(read("LICENSE")).contains("Apache License");
  }

  @ParameterizedTest
  @CsvSource({
    "odin, monitor",
    "odin-demo, --workflows",
    "odin-schema-migrate, --url",
    "odin-retention-run, --archive",
    "odin-bench, --quick"
  })
  void manualPages_haveEachCommand(String page, String text) throws IOException {
    String troff = read("share/man/man1/" + page + ".1").replace("\\-", "-");

    assertThat(troff).contains(".SH \"NAME\"", ".SH \"SYNOPSIS\"", text);
  }

  @ParameterizedTest
  @CsvSource({"odin sch, schema", "odin schema mi, migrate", "odin bench --qu, --quick"})
  void completion_completesInBash(String typed, String word) throws Exception {
    String script =
        """
        . "$1"
        read -ra COMP_WORDS <<< "$2"
        COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        _complete_odin
        printf '%s\\n' "${COMPREPLY[@]}"
        """;
    Path completion = distribution.home().resolve("share/bash-completion/completions/odin");
    Distribution.Result completed =
        Distribution.run(
            directory,
            Map.of(),
            List.of("bash", "-c", script, "bash", completion.toString(), typed));

    assertThat(completed.succeeds().out().lines()).containsExactly(word);
  }

  private static String read(String file) throws IOException {
    return Files.readString(distribution.home().resolve(file));
  }
}
