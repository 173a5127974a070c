package io.odin.persistence;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaModifier.PROTECTED;
import static com.tngtech.archunit.core.domain.JavaModifier.PUBLIC;
import static com.tngtech.archunit.core.domain.JavaModifier.SYNTHETIC;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noCodeUnits;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules that keep the API free of backends, and its manners the same everywhere. */
class ApiRulesTest {

  private static final String INTERNAL = "io.odin.persistence.internal";
  private static final String JACKSON = "com.fasterxml.jackson.core..";

  private static final JavaClasses API =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.odin.persistence");

  @Test
  void api_dependsOnNothingButJavaJSpecifyAndJacksonsParser() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", "org.jspecify.annotations", JACKSON, "io.odin.persistence..")
        .check(API);
  }

  /** So that users may replace its version, and no version of it becomes part of the contract. */
  @Test
  void jackson_isUsedInternallyOnly_andShownNowhere() {
    noClasses()
        .that()
        .resideOutsideOfPackage(INTERNAL)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(JACKSON)
        .check(API);
    noCodeUnits()
        .that()
        .arePublic()
        .or()
        .areProtected()
        .should(show(resideInAPackage(JACKSON)))
        .check(API);
  }

  /** Neither an SQLException in a signature nor anything else of JDBC. */
  @Test
  void api_knowsNoJdbc() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.sql..", "javax.sql..")
        .check(API);
  }

  /**
   * Values check their arguments with exceptions, and exceptions carry values, so these five are
   * one layer; so are the entry point and the provider that it finds and that opens it.
   */
  @Test
  void packages_formNoCycle() {
    Set<String> foundation = Set.of("error", "internal", "namespace", "run", "value");
    Set<String> entryPoint = Set.of("", "spi");
    SlicesRuleDefinition.slices()
        .assignedFrom(
            new SliceAssignment() {
              @Override
              public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
                String area =
                    javaClass.getPackageName().replaceFirst("^io\\.odin\\.persistence\\.?", "");
                return SliceIdentifier.of(
                    foundation.contains(area)
                        ? "foundation"
                        : entryPoint.contains(area) ? "entry point" : area);
              }

              @Override
              public String getDescription() {
                return "areas of the API";
              }
            })
        .should()
        .beFreeOfCycles()
        .check(API);
  }

  /** {@code getMessage} is a name of Java's, which an exception can only override. */
  @Test
  void accessors_areNamedAfterWhatTheyReturn() {
    methods()
        .that(areOffered())
        .and()
        .doNotHaveName("getMessage")
        .should()
        .haveNameNotMatching("get([A-Z].*)?")
        .check(API);
  }

  @Test
  void parameters_areNeverBoolean() {
    codeUnits().that(areOffered()).should(takeNoBoolean()).check(API);
  }

  @Test
  void signatures_showNothingInternal() {
    noCodeUnits().that(areOffered()).should(show(resideInAPackage(INTERNAL))).check(API);
  }

  /** What users can call: public or protected, in a public type outside the internal package. */
  private static DescribedPredicate<JavaCodeUnit> areOffered() {
    return DescribedPredicate.describe(
        "are offered to users",
        unit ->
            isOffered(unit.getOwner())
                && !unit.getModifiers().contains(SYNTHETIC)
                && (unit.getModifiers().contains(PUBLIC)
                    || unit.getModifiers().contains(PROTECTED)));
  }

  private static boolean isOffered(JavaClass type) {
    return type.getModifiers().contains(PUBLIC)
        && !resideInAPackage(INTERNAL).test(type)
        && type.getEnclosingClass().map(ApiRulesTest::isOffered).orElse(true);
  }

  private static ArchCondition<JavaCodeUnit> takeNoBoolean() {
    return new ArchCondition<>("take no boolean") {
      @Override
      public void check(JavaCodeUnit unit, ConditionEvents events) {
        boolean takesNone =
            unit.getRawParameterTypes().stream()
                .noneMatch(type -> type.isEquivalentTo(boolean.class));
        events.add(
            new SimpleConditionEvent(
                unit,
                takesNone,
                unit.getFullName() + (takesNone ? " takes no" : " takes a") + " boolean"));
      }
    };
  }

  private static ArchCondition<JavaCodeUnit> show(DescribedPredicate<JavaClass> types) {
    return new ArchCondition<>("show types that " + types.getDescription()) {
      @Override
      public void check(JavaCodeUnit unit, ConditionEvents events) {
        Stream.concat(Stream.of(unit.getReturnType()), unit.getParameterTypes().stream())
            .map(JavaType::getAllInvolvedRawTypes)
            .flatMap(involved -> involved.stream().filter(types))
            .forEach(
                type ->
                    events.add(
                        SimpleConditionEvent.satisfied(
                            unit, unit.getFullName() + " shows " + type.getName())));
      }
    };
  }
}
