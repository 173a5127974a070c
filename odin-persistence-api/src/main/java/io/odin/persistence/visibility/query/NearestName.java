package io.odin.persistence.visibility.query;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the known name that an unknown one was meant to be: one that differs in case, underscores
 * and the like only, or else in one or two letters. Another number is another name. None is found
 * if there are several as near, since a wrong suggestion is worse than none.
 */
final class NearestName {

  private static final int ONE_EDIT_FROM = 4;
  private static final int TWO_EDITS_FROM = 8;

  private static final Pattern NO_LETTERS = Pattern.compile("[^\\p{L}\\p{N}]");
  private static final Pattern NO_DIGITS = Pattern.compile("[^0-9]");

  private final String sought;
  private final String digits;

  NearestName(String name) {
    sought = plain(name);
    digits = digits(name);
  }

  /**
   * The nearest one, if it is near.
   *
   * @param known all names
   * @param meaning equal for names of the same field, of which the first is taken
   */
  Optional<String> among(Stream<String> known, Function<String, Object> meaning) {
    int allowed = edits(sought);
    TreeMap<Integer, List<String>> byDistance =
        known
            .filter(each -> Math.abs(plain(each).length() - sought.length()) <= allowed)
            .filter(each -> digits(each).equals(digits))
            .collect(
                Collectors.groupingBy(
                    each -> distance(plain(each), sought), TreeMap::new, Collectors.toList()));
    return Optional.ofNullable(byDistance.firstEntry())
        .filter(nearest -> nearest.getKey() <= allowed)
        .map(Map.Entry::getValue)
        .filter(nearest -> nearest.stream().map(meaning).distinct().count() == 1)
        .map(List::getFirst);
  }

  /** How many letters of a name may be wrong. */
  private static int edits(String plain) {
    if (plain.length() >= TWO_EDITS_FROM) {
      return 2;
    }
    return plain.length() >= ONE_EDIT_FROM ? 1 : 0;
  }

  private static String plain(String name) {
    String letters = NO_LETTERS.matcher(name).replaceAll("").toLowerCase(Locale.ROOT);
    return letters.isEmpty() ? name : letters;
  }

  private static String digits(String name) {
    return NO_DIGITS.matcher(name).replaceAll("");
  }

  /** How many letters must be added, removed, replaced, or swapped with the next one. */
  private static int distance(String from, String to) {
    int[][] distances = new int[from.length() + 1][to.length() + 1];
    for (int i = 0; i <= from.length(); i++) {
      for (int j = 0; j <= to.length(); j++) {
        distances[i][j] = i == 0 || j == 0 ? Math.max(i, j) : distance(distances, i, j, from, to);
      }
    }
    return distances[from.length()][to.length()];
  }

  private static int distance(int[][] distances, int i, int j, String from, String to) {
    boolean isSame = from.charAt(i - 1) == to.charAt(j - 1);
    int replaced = distances[i - 1][j - 1] + (isSame ? 0 : 1);
    int least = Math.min(replaced, Math.min(distances[i - 1][j], distances[i][j - 1]) + 1);
    boolean isSwapped =
        i > 1
            && j > 1
            && from.charAt(i - 1) == to.charAt(j - 2)
            && from.charAt(i - 2) == to.charAt(j - 1);
    return isSwapped ? Math.min(least, distances[i - 2][j - 2] + 1) : least;
  }
}
