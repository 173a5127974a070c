package io.odin.persistence.cli;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Says what is wrong with a command line. No value of an option is quoted, and no argument that
 * could be one, since it may be a password.
 */
final class UsageText {

  private static final Set<String> BEFORE_VALUES = Set.of("--password", "--user", "--url");
  private static final String WORD = "-{0,2}[a-z][a-z-]*";
  private static final int TYPING_MISTAKES = 2;

  private UsageText() {}

  /**
   * What is wrong.
   *
   * @param args the whole command line; empty if it is not known
   */
  static String of(ParameterException failure, String[] args) {
    return switch (failure) {
      case UsageException own -> String.valueOf(own.getMessage());
      case UnmatchedArgumentException unmatched -> of(unmatched, List.of(args));
      case MissingParameterException missing ->
          missing.getMissing().isEmpty()
              ? "a parameter is missing"
              : "Missing required parameter for " + name(missing.getMissing().getFirst());
      case OverwrittenOptionException twice -> name(twice.getOverwritten()) + " is there twice";
      default -> ofValue(failure);
    };
  }

  private static String ofValue(ParameterException failure) {
    @Nullable ArgSpec argument = failure.getArgSpec();
    if (argument == null) {
      return "the command line cannot be read";
    }
    return "Invalid value for " + name(argument) + ": " + reason(failure, argument);
  }

  private static String reason(ParameterException failure, ArgSpec argument) {
    // Only a converter of this program speaks its words.
    if (argument.converters().length > 0
        && failure.getCause() instanceof TypeConversionException own) {
      return String.valueOf(own.getMessage());
    }
    if (argument.arity().max() == 0) {
      return "it takes none";
    }
    Class<?> type = argument.auxiliaryTypes()[0];
    if (type.isEnum()) {
      List<String> names = new ArrayList<>();
      argument.completionCandidates().forEach(names::add);
      return "it is one of " + String.join(", ", names);
    }
    return Number.class.isAssignableFrom(type) || type.isPrimitive()
        ? "it is a number"
        : "it cannot be read";
  }

  private static String name(ArgSpec argument) {
    return argument instanceof OptionSpec option
        ? "option '" + option.longestName() + "'"
        : "an argument";
  }

  private static String of(UnmatchedArgumentException failure, List<String> args) {
    String first = failure.getUnmatched().getFirst();
    if (first.startsWith("@")) {
      return "the options file, named after the @, cannot be read";
    }
    Set<String> commands = failure.getCommandLine().getSubcommands().keySet();
    String word = first.replaceFirst("=.*", "");
    boolean shown = word.matches(WORD) && !followsValue(first, args);
    if (first.startsWith("-")) {
      return (shown ? "there is no option " + word : "there is an option that is not known")
          + closest(word, failure.getCommandLine().getCommandSpec().optionsMap().keySet())
          + (commands.isEmpty() ? "" : " before the command: " + String.join(", ", commands));
    }
    if (commands.isEmpty()) {
      // It may be a password that has lost its option, or that follows a mistyped one.
      return "there is an argument too many, after the options";
    }
    return "there is no command "
        + (shown ? word : "of that name")
        + ", only "
        + String.join(", ", commands);
  }

  /** Whether an argument comes after an option whose value it could be, or a part of it. */
  private static boolean followsValue(String argument, List<String> args) {
    int index = args.indexOf(argument);
    return index < 0
        || args.subList(0, index).stream()
            .anyMatch(before -> BEFORE_VALUES.contains(before.replaceFirst("=.*", "")));
  }

  private static String closest(String word, Collection<String> names) {
    Optional<String> closest =
        names.stream()
            .filter(name -> name.startsWith("--") && distance(word, name) <= TYPING_MISTAKES)
            .findFirst();
    return closest.map(name -> ": is " + name + " meant?").orElse("");
  }

  /** How many letters must be put in, taken out or changed to make one word of the other. */
  private static int distance(String one, String other) {
    int[] row = new int[other.length() + 1];
    for (int j = 0; j <= other.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int changed = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[other.length()];
  }
}
