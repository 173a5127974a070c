package io.odin.persistence.tck;

import io.odin.persistence.error.UnsupportedCapabilityException;
import io.odin.persistence.spi.PersistenceProvider;
import io.odin.persistence.tck.ScenarioReport.Verdict;
import io.odin.persistence.tck.database.TckDatabase;
import io.odin.persistence.tck.harness.Requires;
import io.odin.persistence.tck.harness.StoreTck;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.TestInstancePostProcessor;
import org.junit.jupiter.api.extension.TestWatcher;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Runs the kits on a backend. A backend's test class registers it and extends {@link EveryKit}.
 *
 * <p>The class fails if it does not nest every kit. A scenario can only be left out by declaring,
 * in {@link PersistenceProvider#capabilities()}, that the backend lacks the capability; the backend
 * must then refuse the call. The result of each scenario is printed and written to target/odin-tck.
 *
 * <p>While developing, {@code -Dodin.tck.kit=CommitTck} runs that kit alone; several are separated
 * by commas.
 */
public final class OdinTck
    implements BeforeAllCallback,
        AfterAllCallback,
        TestInstancePostProcessor,
        AfterEachCallback,
        ExecutionCondition,
        InvocationInterceptor,
        TestWatcher {

  private static final String ONE_KIT = "odin.tck.kit";

  private final BackendContext backend;
  private final ScenarioReport report = new ScenarioReport();
  private @Nullable Class<?> testClass;

  private OdinTck(BackendContext backend) {
    this.backend = backend;
  }

  /**
   * The kit for a backend.
   *
   * @param provider the backend
   * @param databases makes a new database without a schema at each call
   */
  public static OdinTck of(
      PersistenceProvider provider, Supplier<? extends TckDatabase> databases) {
    return new OdinTck(new BackendContext(provider, databases));
  }

  /** Enables a kit unless the system property names another one. */
  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    String selected = System.getProperty(ONE_KIT);
    Optional<String> kit =
        context
            .getTestClass()
            .filter(StoreTck.class::isAssignableFrom)
            .map(nested -> nested.getSuperclass().getSimpleName());
    return selected == null || kit.isEmpty() || List.of(selected.split(",")).contains(kit.get())
        ? ConditionEvaluationResult.enabled("selected")
        : ConditionEvaluationResult.disabled("only " + selected + " is selected");
  }

  /** Opens the shared database, before the first kit. */
  @Override
  public void beforeAll(ExtensionContext context) {
    if (testClass == null) {
      testClass = context.getRequiredTestClass();
      backend.open();
    }
  }

  /** Publishes the report and closes the shared database, after the last kit. */
  @Override
  public void afterAll(ExtensionContext context) throws Exception {
    Class<?> outermost = context.getRequiredTestClass();
    if (!outermost.equals(testClass)) {
      return;
    }
    backend.close();
    testClass = null;
    report.publish(outermost);
    failIfAny("store kits not run by " + outermost.getSimpleName(), Kits.missingFrom(outermost));
    failIfAny("scenarios skipped by " + outermost.getSimpleName(), report.with(Verdict.SKIPPED));
  }

  private static void failIfAny(String complaint, List<String> found) {
    if (!found.isEmpty()) {
      throw new AssertionError(complaint + ": " + found);
    }
  }

  /** Gives a kit its context. */
  @Override
  public void postProcessTestInstance(Object instance, ExtensionContext context) {
    if (instance instanceof StoreTck kit) {
      kit.begin(backend);
    }
  }

  /** Closes the resources that a test has opened. */
  @Override
  public void afterEach(ExtensionContext context) throws Exception {
    if (context.getRequiredTestInstance() instanceof StoreTck kit) {
      kit.end();
    }
  }

  /** Reports a refusal as expected if the backend does not declare the capability. */
  @Override
  public void interceptTestMethod(
      Invocation<@Nullable Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    Optional<Requires> requires =
        AnnotationSupport.findAnnotation(method.getExecutable(), Requires.class)
            .or(() -> AnnotationSupport.findAnnotation(method.getTargetClass(), Requires.class));
    if (requires.isEmpty() || backend.provider().capabilities().contains(requires.get().value())) {
      invocation.proceed();
      return;
    }
    try {
      invocation.proceed();
    } catch (UnsupportedCapabilityException e) {
      if (e.capability() == requires.get().value()) {
        report.add(method.getExecutable(), Verdict.REFUSED);
        Assumptions.abort("refused as declared: " + e.capability());
      }
      throw e;
    }
    throw new AssertionError(
        "declared unsupported but the call succeeded: " + requires.get().value());
  }

  /** Records a success. */
  @Override
  public void testSuccessful(ExtensionContext context) {
    report.add(context.getRequiredTestMethod(), Verdict.PASS);
  }

  /** Records a failure. */
  @Override
  public void testFailed(ExtensionContext context, @Nullable Throwable cause) {
    report.add(context.getRequiredTestMethod(), Verdict.FAIL);
  }

  /** Records a test that was aborted. */
  @Override
  public void testAborted(ExtensionContext context, @Nullable Throwable cause) {
    report.add(context.getRequiredTestMethod(), Verdict.SKIPPED);
  }

  /** Records a test that was disabled. */
  @Override
  public void testDisabled(ExtensionContext context, Optional<String> reason) {
    report.add(context.getRequiredTestMethod(), Verdict.SKIPPED);
  }
}
