package io.odin.persistence.tck.harness;

import io.odin.persistence.Capability;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says that a test needs something that a backend may lack. The test runs on every backend: where
 * the capability is not declared it must end in {@link
 * io.odin.persistence.error.UnsupportedCapabilityException}, which is reported as refused; where it
 * succeeds all the same, it fails.
 */
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface Requires {

  /** What the test needs. */
  Capability value();
}
