package io.odin.persistence.sql.statement;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A piece of a search's SQL whose values are bound already. It is made only if the text of the
 * search is not known from an earlier one, since that takes longer than many a search runs.
 */
@FunctionalInterface
public interface Deferred<T> {

  /** Makes it; binds nothing. */
  T make();

  /** What is made of this one. */
  default <R> Deferred<R> map(Function<? super T, ? extends R> function) {
    return () -> function.apply(make());
  }

  /** What is made of two. */
  static <A, B, R> Deferred<R> both(
      Deferred<? extends A> first,
      Deferred<? extends B> second,
      BiFunction<? super A, ? super B, ? extends R> function) {
    return () -> function.apply(first.make(), second.make());
  }

  /** What is made of any number. */
  static <T, R> Deferred<R> all(
      List<Deferred<T>> parts, Function<? super List<T>, ? extends R> function) {
    return () -> function.apply(parts.stream().map(Deferred::make).toList());
  }
}
