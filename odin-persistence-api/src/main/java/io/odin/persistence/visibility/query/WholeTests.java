package io.odin.persistence.visibility.query;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;

/**
 * Tests of a field of whole numbers by numbers that may have fractions. They are compared exactly:
 * what is greater than 3.5 is what is greater than 3, and nothing equals 3.5.
 */
record WholeTests(Field field) {

  private static final BigDecimal LEAST = BigDecimal.valueOf(Long.MIN_VALUE);
  private static final BigDecimal GREATEST = BigDecimal.valueOf(Long.MAX_VALUE);

  /** The number; empty if no whole number of 64 bits is as small or as large. */
  static Optional<BigDecimal> number(String text) {
    try {
      return Optional.of(new BigDecimal(text))
          .filter(number -> number.compareTo(LEAST) >= 0 && number.compareTo(GREATEST) <= 0);
    } catch (NumberFormatException e) {
      // The exponent is out of any range.
      return Optional.empty();
    }
  }

  Condition comparison(Operator operator, BigDecimal number) {
    Value below = rounded(number, RoundingMode.FLOOR);
    if (isWhole(number)) {
      return new Condition.Comparison(field, operator, below);
    }
    return switch (operator) {
      case EQUAL -> nothing();
      case NOT_EQUAL -> nothing().negated();
      case LESS, LESS_OR_EQUAL -> new Condition.Comparison(field, Operator.LESS_OR_EQUAL, below);
      case GREATER, GREATER_OR_EQUAL -> new Condition.Comparison(field, Operator.GREATER, below);
    };
  }

  Condition in(List<BigDecimal> numbers) {
    List<Value> wholes =
        numbers.stream()
            .filter(WholeTests::isWhole)
            .map(number -> rounded(number, RoundingMode.FLOOR))
            .toList();
    return wholes.isEmpty() ? nothing() : new Condition.In(field, wholes);
  }

  Condition between(BigDecimal low, BigDecimal high) {
    return new Condition.Between(
        field, rounded(low, RoundingMode.CEILING), rounded(high, RoundingMode.FLOOR));
  }

  /** Its negation holds for every value, but not where there is none. */
  private Condition nothing() {
    return new Condition.Between(field, new Value.Whole(1), new Value.Whole(0));
  }

  private static boolean isWhole(BigDecimal number) {
    return rounded(number, RoundingMode.FLOOR).equals(rounded(number, RoundingMode.CEILING));
  }

  private static Value rounded(BigDecimal number, RoundingMode mode) {
    // A tiny number with a large exponent would be divided digit by digit.
    boolean isTiny = (long) number.precision() - number.scale() < 0;
    BigDecimal divisible = isTiny ? BigDecimal.valueOf(number.signum(), 1) : number;
    return new Value.Whole(divisible.setScale(0, mode).longValueExact());
  }
}
