import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.JarFile;

/**
 * Writes NOTICE from the SBOM: what is in lib, under which licence, and where its text is. Fails
 * where a licence may not be passed on as it is, or its text is missing.
 */
final class Notice {
  /** The licences that a binary may be passed on under without its sources beside it. */
  private static final Set<String> PERMITTED =
      Set.of("Apache-2.0", "MIT", "BSD-2-Clause", "BSD-3-Clause", "0BSD", "CC0-1.0", "CDDL-1.1");

  /** Those that ask for no notice. */
  private static final Set<String> WITHOUT_TEXT = Set.of("0BSD", "CC0-1.0");

  /** Those that ask to say where the sources are. */
  private static final Set<String> WITH_SOURCES = Set.of("CDDL-1.1");

  /**
   * By group. The POM says "The BSD License", which CycloneDX takes for the one of four clauses.
   */
  private static final Map<String, String> CORRECTED = Map.of("org.jline", "BSD-3-Clause");

  private static final String HEAD =
      """
      Odin persistence

      This distribution is under the Apache License 2.0, see LICENSE. It has the work of others in lib,
      unchanged, each under its own licence. MySQL Connector/J is not part of it: its licence is the GPL,
      version 2, with Oracle's Universal FOSS Exception. lib/ext/README.md has the way to add it.

      """;

  private final Path licenses;

  private Notice(Path licenses) {
    this.licenses = licenses;
  }

  public static void main(String[] args) throws IOException {
    var notice = new Notice(Path.of(args[1]));
    var lines = new TreeMap<String, String>();
    for (var component : new ObjectMapper().readTree(new File(args[0])).get("components")) {
      if (!component.get("group").asText().startsWith("io.odin.")) {
        lines.put(component.get("name").asText(), notice.line(component));
      }
    }
    var file = Path.of(args[2]);
    Files.createDirectories(file.getParent());
    Files.writeString(file, HEAD + String.join("", lines.values()));
  }

  private String line(JsonNode component) throws IOException {
    var name = component.get("name").asText();
    var version = component.get("version").asText();
    var licence = licence(component);
    var sources =
        WITH_SOURCES.contains(licence)
            ? "; sources: " + component.at("/externalReferences/0/url").asText()
            : "";
    return "%-48s %-13s %s"
            .formatted(name + " " + version, licence, text(name, version, licence) + sources)
            .stripTrailing()
        + "\n";
  }

  private static String licence(JsonNode component) {
    var corrected = CORRECTED.get(component.get("group").asText());
    if (corrected != null) {
      return corrected;
    }
    var offered = new ArrayList<String>();
    for (var entry : component.path("licenses")) {
      var id = entry.at("/license/id").asText();
      offered.add(id.isEmpty() ? entry.toString() : id);
    }
    return offered.stream()
        .filter(PERMITTED::contains)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "%s is under %s: leave it out of the distribution, or permit it in %s"
                        .formatted(component.get("purl"), offered, Notice.class.getSimpleName())));
  }

  private String text(String name, String version, String licence) throws IOException {
    try (var texts = Files.list(licenses)) {
      var own = texts.map(each -> each.getFileName().toString()).filter(each -> covers(each, name));
      var first = own.sorted().findFirst();
      if (first.isPresent()) {
        return "licenses/" + first.get();
      }
    }
    if (licence.equals("Apache-2.0")) {
      return "LICENSE";
    }
    if (WITHOUT_TEXT.contains(licence)) {
      return "";
    }
    try (var jar = new JarFile(jar(name + "-" + version + ".jar"))) {
      return jar.stream()
          .map(each -> each.getName())
          .filter(each -> each.matches("META-INF/LICENSE(\\.\\w+)?"))
          .findFirst()
          .map(each -> each + " in the jar")
          .orElseThrow(
              () ->
                  new IllegalStateException(
                      "%s is under %s, and its text is not in the jar: add %s to %s"
                          .formatted(name, licence, name + ".txt", licenses)));
    }
  }

  /** A text is called as the artifact, or as several artifacts begin. */
  private static boolean covers(String text, String name) {
    return name.startsWith(text.replaceFirst("\\.txt$", ""));
  }

  private static File jar(String name) {
    return List.of(System.getProperty("java.class.path").split(File.pathSeparator)).stream()
        .map(File::new)
        .filter(each -> each.getName().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(name + " is not on the class path"));
  }
}
