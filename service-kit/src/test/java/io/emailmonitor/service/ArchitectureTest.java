package io.emailmonitor.service;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.emailmonitor.service", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule parts_knowNothingOfEachOther =
      slices().matching("io.emailmonitor.service.(*)..").should().notDependOnEachOther();

  @ArchTest
  static final ArchRule kit_knowsNeitherProcess =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.emailmonitor.model..",
              "io.emailmonitor.queue..",
              "io.emailmonitor.monitor..",
              "io.emailmonitor.worker..");
}
