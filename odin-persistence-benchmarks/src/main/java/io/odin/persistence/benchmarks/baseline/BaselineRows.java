package io.odin.persistence.benchmarks.baseline;

import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of a statement that takes many, bound as the database likes them best. */
@FunctionalInterface
public interface BaselineRows {

  /** Binds rows, each with its values in the order of the columns. */
  void bind(List<@Nullable Object[]> rows) throws SQLException;
}
