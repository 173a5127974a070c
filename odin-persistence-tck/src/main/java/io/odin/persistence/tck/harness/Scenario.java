package io.odin.persistence.tck.harness;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Names the clauses of CONTRACT.md that a test proves. Every test of a kit bears it. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Scenario {

  /** "SH-17", ...: one clause, or several where one test proves them together. */
  String[] value();
}
