import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Fails if a text of the project uses a word that {@code .mvn/words.txt} lists: in Java (comments,
 * strings, identifiers), Markdown, SQL, XML and scripts. Each finding names the place, the word and
 * what to write instead. Arguments restrict it to some files or folders.
 */
final class Words {

  private static final Path LIST = Path.of(".mvn", "words.txt");
  private static final Set<String> FOLDERS_LEFT_OUT = Set.of("target", ".git", "node_modules");
  private static final Pattern TEXTS =
      Pattern.compile(".*\\.(java|md|sql|xml|properties|txt|yml|yaml|sh)|odin|run|Dockerfile");

  /** CONTRIBUTING.md names the words in order to explain them. */
  private static final Pattern VOCABULARY = Pattern.compile("(?ms)^## Vocabulary$.*?(?=^## |\\z)");

  private static final Pattern HUMP =
      Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|_");

  /** What may be between two words: the end of a line, and what begins a comment's next line. */
  private static final String GAP = "\\s+(?:(?:\\*|//|--|#|>)\\s+)?";

  private record Word(Pattern pattern, String instead, String reason) {}

  private record Finding(Path file, int line, String text) {}

  private final List<Word> words = new ArrayList<>();
  private final List<Pattern> allowed = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();

  public static void main(String[] args) throws IOException {
    var check = new Words();
    check.readList();
    for (var part : args.length == 0 ? new String[] {""} : args) {
      check.readTree(Path.of(part));
    }
    check.findings.stream()
        .sorted(Comparator.comparing(Finding::file).thenComparing(Finding::line))
        .forEach(found -> System.out.println(found.file() + ":" + found.line() + found.text()));
    if (!check.findings.isEmpty()) {
      System.out.println(
          check.findings.size() + " words to replace; CONTRIBUTING.md, Vocabulary, has the rule");
      System.exit(1);
    }
  }

  private void readList() throws IOException {
    for (var line : Files.readAllLines(LIST)) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      var columns = line.split("\\s+\\|\\s+", -1);
      switch (columns[0].strip()) {
        case "word" -> words.add(new Word(wholeWord(columns[1]), columns[2], columns[3]));
        case "allow" -> allowed.add(Pattern.compile(columns[1]));
        default -> throw new IllegalArgumentException(LIST + ": neither word nor allow: " + line);
      }
    }
  }

  private static Pattern wholeWord(String pattern) {
    return Pattern.compile("\\b(?:" + pattern.replace(" ", GAP) + ")\\b", Pattern.CASE_INSENSITIVE);
  }

  private void readTree(Path part) throws IOException {
    if (!Files.exists(part)) {
      throw new IllegalArgumentException("no such part of the project: " + part);
    }
    Files.walkFileTree(
        part,
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
            if (TEXTS.matcher(file.getFileName().toString()).matches() && !file.equals(LIST)) {
              readText(file, Files.readString(file));
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private void readText(Path file, String text) {
    var prose = file.endsWith("CONTRIBUTING.md") ? blank(VOCABULARY, text) : text;
    for (var pattern : allowed) {
      prose = blank(pattern, prose);
    }
    var split = HUMP.matcher(prose).replaceAll(" ");
    for (var word : words) {
      word.pattern()
          .matcher(split)
          .results()
          .map(found -> finding(file, lineOf(found, split), found.group(), word))
          .forEach(findings::add);
    }
  }

  private static String blank(Pattern pattern, String text) {
    return pattern.matcher(text).replaceAll(found -> found.group().replaceAll("\\S", "."));
  }

  private static int lineOf(MatchResult found, String text) {
    return 1 + (int) text.substring(0, found.start()).chars().filter(c -> c == '\n').count();
  }

  private static Finding finding(Path file, int line, String found, Word word) {
    var text =
        ": \"%s\": write %s (%s)"
            .formatted(found.replaceAll(GAP, " "), word.instead(), word.reason());
    return new Finding(file, line, text);
  }
}
