import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Fails if a Markdown page links to a file or a heading that does not exist, or names in code
 * quotes a type, a member, a method, a package, a file or a property that the sources do not have.
 */
final class Docs {

  private static final Set<String> FOLDERS_LEFT_OUT = Set.of("target", ".git", "node_modules");
  private static final Pattern SOURCES = Pattern.compile(".*\\.(java|sql|xml|properties)|odin");

  private static final Pattern FENCE = Pattern.compile("(?ms)^ *```.*?^ *```$");
  private static final Pattern LINK = Pattern.compile("\\[[^\\]]*]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.+?) *#*$");
  private static final Pattern QUOTED = Pattern.compile("(?s)``.*?``|`([^`]+)`");

  private static final Pattern TYPE =
      Pattern.compile("\\b(?:class|interface|record|enum)\\s+([A-Z]\\w*)");
  private static final Pattern IMPORT = Pattern.compile("(?m)^import (?:static )?[\\w.]*?(\\w+);");
  private static final Pattern STRING = Pattern.compile("\"(\\w+)\"");
  private static final Pattern WORD = Pattern.compile("\\w+");
  private static final Pattern CALL = Pattern.compile("\\b(\\w+) ?\\(");

  private static final Pattern CAMEL_CASE = Pattern.compile("[A-Z]\\w*[a-z]\\w*");
  private static final Pattern MEMBER =
      Pattern.compile("([A-Z]\\w*[a-z]\\w*)\\.(\\w+)(?:\\(.*\\))?");
  private static final Pattern CONSTANT = Pattern.compile("[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+");
  private static final Pattern PACKAGE = Pattern.compile("[a-z]+(?:\\.[a-z]+)+");
  private static final Pattern PROPERTY = Pattern.compile("-D([a-z]\\w*(?:\\.\\w+)+)");
  private static final Pattern FILE =
      Pattern.compile("(?:[\\w.-]+/)*[\\w.-]+\\.(?:java|sql|md|xml|properties|csv|txt)");

  private final List<Path> pages = new ArrayList<>();
  private final Set<String> files = new HashSet<>();
  private final Set<String> packages = new HashSet<>();
  private final Set<String> types = new HashSet<>();
  private final Set<String> words = new HashSet<>();
  private final Set<String> calls = new HashSet<>();

  /** The words of the files that declare a type, by the type. */
  private final Map<String, Set<String>> members = new HashMap<>();

  private final List<String> findings = new ArrayList<>();

  public static void main(String[] args) throws IOException {
    var check = new Docs();
    check.readTree();
    for (var page : check.pages) {
      check.readPage(page);
    }
    check.findings.forEach(System.out::println);
    if (!check.findings.isEmpty()) {
      System.out.println(check.findings.size() + " links or names in Markdown that do not exist");
      System.exit(1);
    }
  }

  private void readTree() throws IOException {
    Files.walkFileTree(
        Path.of(""),
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return FOLDERS_LEFT_OUT.contains(folder.getFileName().toString())
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            readFile(file);
            return FileVisitResult.CONTINUE;
          }
        });
    pages.sort(null);
  }

  private void readFile(Path file) throws IOException {
    files.add(portable(file));
    var name = file.getFileName().toString();
    if (name.endsWith(".md")) {
      // The links of the distribution's pages hold where it is unpacked; its own test checks them.
      if (!portable(file).contains("/src/dist/")) {
        pages.add(file);
      }
    } else if (SOURCES.matcher(name).matches()) {
      var source = Files.readString(file);
      var ownWords = all(WORD, 0, source).collect(Collectors.toSet());
      words.addAll(ownWords);
      all(CALL, 1, source).forEach(calls::add);
      all(STRING, 1, source).forEach(types::add);
      if (name.endsWith(".java")) {
        all(IMPORT, 1, source).forEach(types::add);
        all(TYPE, 1, source)
            .forEach(
                type -> {
                  types.add(type);
                  members.computeIfAbsent(type, none -> new HashSet<>()).addAll(ownWords);
                });
        packages.add(portable(file.getParent()).replace('/', '.'));
      }
    }
  }

  private static String portable(Path path) {
    return path.toString().replace('\\', '/');
  }

  private static Stream<String> all(Pattern pattern, int group, String text) {
    return pattern.matcher(text).results().map(found -> found.group(group));
  }

  private void readPage(Path page) throws IOException {
    // Blank lines in the place of code blocks keep the line numbers.
    var prose =
        FENCE
            .matcher(Files.readString(page))
            .replaceAll(block -> block.group().replaceAll("[^\n]+", ""));
    LINK.matcher(prose)
        .results()
        .filter(link -> !link.group(1).matches("[a-z]+:.*"))
        .filter(link -> !leadsSomewhere(page, link.group(1)))
        .forEach(link -> report(page, prose, link, "no such file or heading: " + link.group(1)));
    QUOTED
        .matcher(prose)
        .results()
        .filter(quoted -> quoted.group(1) != null)
        .forEach(
            quoted -> {
              var text = quoted.group(1).replaceAll("\\s+", " ");
              if (!text.contains("Xxx") && !exists(page, text)) {
                report(page, prose, quoted, "not in the sources: " + text);
              }
            });
  }

  private void report(Path page, String prose, MatchResult place, String finding) {
    var line = 1 + prose.substring(0, place.start()).chars().filter(c -> c == '\n').count();
    findings.add(page + ":" + line + ": " + finding);
  }

  private boolean leadsSomewhere(Path page, String link) {
    var parts = link.split("#", 2);
    var target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
    return Files.exists(target) && (parts.length == 1 || anchors(target).contains(parts[1]));
  }

  /** The anchors of a page's headings, as GitHub makes them. */
  private static Set<String> anchors(Path page) {
    try {
      var text = FENCE.matcher(Files.readString(page)).replaceAll("");
      var anchors = new HashSet<String>();
      all(HEADING, 1, text)
          .map(heading -> heading.toLowerCase(Locale.ROOT).replaceAll("[^\\w\\- ]", ""))
          .map(heading -> heading.replace(' ', '-'))
          .forEach(anchors::add);
      return anchors;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether everything exists that a text in code quotes names, as far as it can be known. */
  private boolean exists(Path page, String text) {
    if (FILE.matcher(text).matches()) {
      return isFile(page, text) || isPackage(text);
    }
    if (CAMEL_CASE.matcher(text).matches()) {
      return isType(text) || isFile(page, text);
    }
    var member = MEMBER.matcher(text);
    if (member.matches()) {
      var known = members.get(member.group(1));
      return known == null ? isType(member.group(1)) : known.contains(member.group(2));
    }
    if (CONSTANT.matcher(text).matches()) {
      return words.contains(text);
    }
    if (PACKAGE.matcher(text).matches()) {
      return !isOfProject(text) || isPackage(text);
    }
    return all(PROPERTY, 1, text).allMatch(this::isKnownProperty)
        && (text.contains(" ") || all(CALL, 1, text).allMatch(calls::contains));
  }

  private boolean isPackage(String name) {
    return packages.stream().anyMatch(each -> each.endsWith("." + name));
  }

  /** Whether the text can only be a package of this project: whole, or from its module on. */
  private boolean isOfProject(String name) {
    return name.startsWith("io.odin.")
        || packages.stream()
            .anyMatch(each -> each.contains(".persistence." + name.replaceAll("\\..*", "") + "."));
  }

  private boolean isKnownProperty(String property) {
    return Stream.of(property.split("\\.")).allMatch(words::contains);
  }

  /** Types of java.lang are never imported; fields of the query language are strings. */
  private boolean isType(String name) {
    try {
      return types.contains(name) || Class.forName("java.lang." + name) != null;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  private boolean isFile(Path page, String name) {
    return name.startsWith("target/")
        || Files.exists(page.resolveSibling(name))
        || files.stream().anyMatch(file -> file.equals(name) || file.endsWith("/" + name));
  }
}
