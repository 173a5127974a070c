package io.odin.persistence.sql.statement;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The statements of a write. How they are sent depends on whether there can be more than one.
 *
 * @param steps what is sent first, together; not empty
 * @param next what is sent after that; null if it is nothing, whatever the results
 */
public record Write(List<Step> steps, @Nullable Next next) {

  /** What the results of the first steps make necessary. */
  @FunctionalInterface
  public interface Next {

    /** The steps that follow; none if nothing is left to do. */
    List<Step> steps(List<Step.Result> results);
  }

  /** Copies the list. */
  public Write {
    steps = List.copyOf(steps);
  }

  /** These steps, and nothing after them. */
  public static Write of(List<Step> steps) {
    return new Write(steps, null);
  }

  /** This step, and nothing after it. */
  public static Write of(Step step) {
    return of(List.of(step));
  }

  /** Whether it is one statement whatever its result. */
  public boolean isOneStatement() {
    return steps.size() == 1 && next == null && steps.getFirst().parts().size() == 1;
  }
}
