package io.odin.persistence.sql.connection;

import java.sql.SQLException;
import java.util.Collection;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What no text may contain: passwords, and the values of a URL's parameters. Immutable. */
public final class Secrets {

  private static final String HIDDEN = "...";
  private static final int DISTINCTIVE = 4;

  private final Pattern texts;

  /**
   * Of one connection.
   *
   * @param password hidden wherever it is
   * @param values hidden where they are by themselves; short ones are words like any other
   */
  public Secrets(Collection<String> password, Collection<String> values) {
    String all =
        Stream.concat(
                password.stream()
                    .filter(text -> !text.isEmpty())
                    .map(text -> text.length() < DISTINCTIVE ? alone(text) : Pattern.quote(text)),
                values.stream().filter(text -> text.length() >= DISTINCTIVE).map(Secrets::alone))
            .collect(Collectors.joining("|"));
    // Matches nothing if there is nothing to hide. Drivers quote values in capitals as well.
    texts =
        Pattern.compile(
            all.isEmpty() ? "(?!)" : all, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  }

  private static String alone(String text) {
    return "(?<![\\p{L}\\p{N}])" + Pattern.quote(text) + "(?![\\p{L}\\p{N}])";
  }

  /** The exception, or one like it if it or a cause of it has a text to hide. */
  public SQLException hiddenIn(SQLException exception) {
    return isIn(exception) ? copy(exception) : exception;
  }

  private boolean isIn(Throwable exception) {
    for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
      if (texts.matcher(cause.toString()).find()) {
        return true;
      }
      for (Throwable suppressed : cause.getSuppressed()) {
        if (isIn(suppressed)) {
          return true;
        }
      }
      if (cause instanceof SQLException sql
          && sql.getNextException() != null
          && isIn(sql.getNextException())) {
        return true;
      }
    }
    return false;
  }

  private SQLException copy(Throwable exception) {
    SQLException copy =
        exception instanceof SQLException sql
            ? new SQLException(hidden(sql.getMessage()), sql.getSQLState(), sql.getErrorCode())
            : new SQLException(hidden(exception.toString()));
    @Nullable Throwable cause = exception.getCause();
    if (cause != null) {
      copy.initCause(isIn(cause) ? copy(cause) : cause);
    }
    copy.setStackTrace(exception.getStackTrace());
    return copy;
  }

  private String hidden(@Nullable String text) {
    return text == null ? "" : texts.matcher(text).replaceAll(HIDDEN);
  }
}
