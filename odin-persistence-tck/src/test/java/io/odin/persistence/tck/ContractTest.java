package io.odin.persistence.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.odin.persistence.Persistence;
import io.odin.persistence.tck.harness.Scenario;
import io.odin.persistence.tck.harness.StoreTck;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.support.ReflectionSupport;

/** Keeps CONTRACT.md, the scenarios and the list of kits consistent. */
class ContractTest {

  /** The package of the kits that prove the clauses of a prefix. */
  private static final Map<String, String> PACKAGES =
      Map.ofEntries(
          Map.entry("NS", "namespace"),
          Map.entry("SH", "shard"),
          Map.entry("EX", "execution"),
          Map.entry("HI", "history"),
          Map.entry("TQ", "task"),
          Map.entry("TI", "timer"),
          Map.entry("SG", "signal"),
          Map.entry("QR", "query"),
          Map.entry("VI", "visibility"),
          Map.entry("SC", "schedule"),
          Map.entry("RE", "retention"),
          Map.entry("HE", "operations"),
          Map.entry("TX", "crosscutting"),
          Map.entry("LI", "limits"),
          Map.entry("X", "crosscutting"));

  /** The packages whose kits prove clauses of several areas. */
  private static final Set<String> SHARED = Set.of("operations", "crosscutting", "repetition");

  private static final Map<String, String> CLAUSES = clauses();

  private static Map<String, String> clauses() {
    try (InputStream contract = OdinTck.class.getResourceAsStream("CONTRACT.md")) {
      Map<String, String> clauses = new TreeMap<>();
      new String(contract.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> line.matches("- [A-Z]+-\\d\\d: .+"))
          .map(line -> line.substring(2).split(": ", 2))
          .forEach(clause -> assertThat(clauses.put(clause[0], clause[1])).isNull());
      return clauses;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static List<Class<?>> kitsOfThePackage() {
    return ReflectionSupport.findAllClassesInPackage(
        OdinTck.class.getPackageName(),
        type ->
            type.getEnclosingClass() == null
                && !type.getSimpleName().startsWith("Abstract")
                && tests(type).findAny().isPresent()
                && StoreTck.class.isAssignableFrom(type),
        name -> true);
  }

  private static Stream<Method> tests() {
    return Kits.ALL.stream().flatMap(ContractTest::tests);
  }

  private static Stream<Method> tests(Class<?> kit) {
    return Stream.<Class<?>>iterate(kit, type -> type != Object.class, Class::getSuperclass)
        .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
        .filter(method -> method.isAnnotationPresent(Test.class));
  }

  private static Set<String> named() {
    return tests().flatMap(ContractTest::clausesOf).collect(Collectors.toCollection(TreeSet::new));
  }

  private static Stream<String> clausesOf(Method test) {
    return Arrays.stream(test.getAnnotation(Scenario.class).value());
  }

  private static String prefixOf(String clause) {
    return clause.substring(0, clause.indexOf('-'));
  }

  private static String packageOf(Method test) {
    String name = test.getDeclaringClass().getPackageName();
    return name.substring(name.lastIndexOf('.') + 1);
  }

  private static Set<String> untested() {
    Set<String> untested = new TreeSet<>();
    CLAUSES.forEach(
        (clause, text) -> {
          if (text.contains("untested: ")) {
            untested.add(clause);
          }
        });
    return untested;
  }

  @Test
  void everyTestOfAKit_namesItsClause() {
    assertThat(tests()).allMatch(test -> test.isAnnotationPresent(Scenario.class));
  }

  @Test
  void everyTestOfAKit_isPackagePrivate() {
    assertThat(tests())
        .allMatch(
            test ->
                (test.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED | Modifier.PRIVATE))
                    == 0);
  }

  @Test
  void everyScenario_isAClause() {
    assertThat(CLAUSES.keySet()).containsAll(named());
  }

  @Test
  void everyClause_isProvedOrSaysWhyNot() {
    Set<String> unproved = new TreeSet<>(CLAUSES.keySet());
    unproved.removeAll(named());
    unproved.removeAll(untested());

    assertThat(unproved).isEmpty();
  }

  @Test
  void everyPrefix_hasAPackage() {
    assertThat(CLAUSES.keySet().stream().map(ContractTest::prefixOf).distinct())
        .containsExactlyInAnyOrderElementsOf(PACKAGES.keySet());
  }

  @Test
  void everyScenarioOfAnArea_provesAClauseOfThatArea() {
    assertThat(tests().filter(test -> !SHARED.contains(packageOf(test))))
        .allMatch(
            test ->
                clausesOf(test)
                    .map(clause -> PACKAGES.get(prefixOf(clause)))
                    .anyMatch(packageOf(test)::equals));
  }

  @Test
  void everyUntestedClause_isIndeedUntested() {
    assertThat(named()).doesNotContainAnyElementsOf(untested());
  }

  @Test
  void everyKitOfThePackage_isRun() {
    assertThat(Kits.ALL).containsExactlyInAnyOrderElementsOf(kitsOfThePackage());
  }

  @Test
  void everyStoreOfTheApi_hasAKit() {
    List<String> wanted =
        Arrays.stream(Persistence.class.getMethods())
            .map(accessor -> accessor.getReturnType().getSimpleName())
            .filter(store -> store.endsWith("Store"))
            .map(store -> store + "Tck")
            .toList();

    assertThat(Kits.ALL).extracting(Class::getSimpleName).containsAll(wanted);
  }
}
