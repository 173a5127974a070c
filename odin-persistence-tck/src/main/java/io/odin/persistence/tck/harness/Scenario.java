package io.odin.persistence.tck.harness;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The clauses of CONTRACT.md that a test proves. Every test of a kit has it. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Scenario {

  /** One clause, such as "SH-17", or several that the test proves together. */
  String[] value();
}
