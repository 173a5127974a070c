package io.odin.persistence.tck.harness;

import io.odin.persistence.value.Capability;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The capability that a test needs. The test runs on every backend: if the backend does not declare
 * the capability, the test must end in {@link
 * io.odin.persistence.error.UnsupportedCapabilityException}, which is reported as refused; if the
 * test succeeds instead, it is reported as failed.
 */
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface Requires {

  /** The capability. */
  Capability value();
}
