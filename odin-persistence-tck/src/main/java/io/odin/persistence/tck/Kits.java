package io.odin.persistence.tck;

import java.util.List;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Nested;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.ReflectionSupport;

/** The kits that every backend runs. */
final class Kits {

  /** All kits, in the order in which {@link EveryKit} nests them. */
  static final List<Class<?>> ALL =
      nestedIn(EveryKit.class).stream().<Class<?>>map(Class::getSuperclass).toList();

  private Kits() {}

  private static List<Class<?>> nestedIn(Class<?> testClass) {
    return ReflectionSupport.findNestedClasses(
        testClass,
        candidate ->
            AnnotationSupport.isAnnotated(candidate, Nested.class)
                && !AnnotationSupport.isAnnotated(candidate, Disabled.class));
  }

  /** The kits that a test class does not nest, or nests and disables. */
  static List<String> missingFrom(Class<?> testClass) {
    List<Class<?>> nested = nestedIn(testClass);
    return ALL.stream()
        .filter(kit -> nested.stream().noneMatch(kit::isAssignableFrom))
        .map(Class::getSimpleName)
        .toList();
  }
}
