package io.emailmonitor.simulator;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.emailmonitor.simulator", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule PACKAGES_DEPEND_DOWNWARDS_ONLY =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("simulator")
          .definedBy("io.emailmonitor.simulator")
          .layer("fault")
          .definedBy("io.emailmonitor.simulator.fault")
          .layer("graph")
          .definedBy("io.emailmonitor.simulator.graph")
          .layer("store")
          .definedBy("io.emailmonitor.simulator.store")
          .layer("http")
          .definedBy("io.emailmonitor.simulator.http")
          .layer("login")
          .definedBy("io.emailmonitor.simulator.login")
          .layer("mail")
          .definedBy("io.emailmonitor.simulator.mail")
          .whereLayer("simulator")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("fault")
          .mayOnlyBeAccessedByLayers("simulator")
          .whereLayer("graph")
          .mayOnlyBeAccessedByLayers("simulator", "fault")
          .whereLayer("login")
          .mayOnlyBeAccessedByLayers("simulator", "fault")
          .whereLayer("http")
          .mayOnlyBeAccessedByLayers("simulator", "fault", "graph", "login")
          .whereLayer("store")
          .mayOnlyBeAccessedByLayers("simulator", "fault", "graph");
}
