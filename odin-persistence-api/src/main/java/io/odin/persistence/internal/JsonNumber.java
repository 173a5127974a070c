package io.odin.persistence.internal;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;

/** The numbers of I-JSON: those that a 64-bit integer, or a double, holds as they are written. */
final class JsonNumber {

  private static final BigDecimal MINIMUM_LONG = BigDecimal.valueOf(Long.MIN_VALUE);
  private static final BigDecimal MAXIMUM_LONG = BigDecimal.valueOf(Long.MAX_VALUE);

  private JsonNumber() {}

  /**
   * The text that all writings of a number share.
   *
   * @param written a number in JSON's grammar
   * @return empty if neither a 64-bit integer nor a double holds the number
   */
  static Optional<String> plain(String written) {
    double nearest = Double.parseDouble(written);
    String shortest = Double.toString(nearest);
    if (shortest.equals(written) && isPlain(shortest)) {
      return Optional.of(written);
    }
    if (!isWithinDoubles(written, nearest)
        || written.length() + expansion(written) > JsonReader.MAXIMUM_NUMBER_LENGTH) {
      return Optional.empty();
    }
    BigDecimal exact = new BigDecimal(written).stripTrailingZeros();
    if (exact.scale() <= 0
        && MINIMUM_LONG.compareTo(exact) <= 0
        && exact.compareTo(MAXIMUM_LONG) <= 0) {
      return Optional.of(exact.toPlainString());
    }
    // The shortest text that names the double: what it would be printed as, hence held exactly if
    // it is equal.
    BigDecimal held = new BigDecimal(shortest).stripTrailingZeros();
    return exact.compareTo(held) == 0 || exact.compareTo(inOneDigit(nearest)) == 0
        ? Optional.of(held.toString())
        : Optional.empty();
  }

  /**
   * How many characters longer a number is when it is written without an exponent, as PostgreSQL
   * prints it; 0 if it is not longer.
   */
  static int expansion(String written) {
    if (written.indexOf('e') < 0 && written.indexOf('E') < 0) {
      return 0;
    }
    BigDecimal number = new BigDecimal(written);
    int digits = number.signum() == 0 ? 1 : Math.max(1, number.precision() - number.scale());
    int fraction = number.scale() > 0 ? number.scale() + 1 : 0;
    return Math.max(0, digits + fraction + (number.signum() < 0 ? 1 : 0) - written.length());
  }

  /** Whether a double is printed without an exponent and has a fraction. */
  private static boolean isPlain(String printed) {
    return printed.indexOf('E') < 0 && !printed.endsWith(".0");
  }

  /** Neither beyond the largest double nor so small that only zero is left of it. */
  private static boolean isWithinDoubles(String written, double nearest) {
    return nearest == 0
        ? written.matches("-?0(\\.0+)?([eE][-+]?0*\\d{1,3})?")
        : Double.isFinite(nearest);
  }

  /** Java prints at least two digits where others print one: 4.9E-324 is their 5e-324. */
  private static BigDecimal inOneDigit(double number) {
    return new BigDecimal(number).round(new MathContext(1));
  }
}
