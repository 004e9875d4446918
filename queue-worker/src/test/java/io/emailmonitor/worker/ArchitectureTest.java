package io.emailmonitor.worker;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.emailmonitor.worker", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String RUNTIME = "io.emailmonitor.worker.runtime";
  private static final String HANDLERS = "io.emailmonitor.worker.handlers";
  private static final String REFERENCE = "io.emailmonitor.worker.reference";

  @ArchTest
  static final ArchRule handlers_knowNeitherQueueNorRuntime =
      noClasses()
          .that()
          .resideInAPackage(HANDLERS)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(RUNTIME, REFERENCE, "io.emailmonitor.queue");

  @ArchTest
  static final ArchRule runtime_knowsNeitherHandlersNorTheProcess =
      noClasses()
          .that()
          .resideInAPackage(RUNTIME)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(HANDLERS, REFERENCE, "io.dropwizard..", "redis..");

  @ArchTest
  static final ArchRule handlers_areKnownByNameOnly =
      noClasses()
          .that()
          .resideInAPackage(REFERENCE)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(HANDLERS);

  @ArchTest
  static final ArchRule runtime_showsTheWorkerAlone =
      classes()
          .that()
          .resideInAPackage(RUNTIME)
          .and()
          .arePublic()
          .should()
          .haveNameMatching(".*\\.Worker(\\$Settings)?");
}
