package io.emailmonitor.monitor;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "io.emailmonitor.monitor",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String ROOT = "io.emailmonitor.monitor.";

  /** The arrows between features; only the root, which wires them, sees all. */
  @ArchTest
  static final ArchRule FEATURES_DEPEND_ONE_WAY =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .withOptionalLayers(true)
          .layer("mailbox")
          .definedBy(ROOT + "mailbox..")
          .layer("graph")
          .definedBy(ROOT + "graph..")
          .layer("content")
          .definedBy(ROOT + "content..")
          .layer("filter")
          .definedBy(ROOT + "filter..")
          .layer("ledger")
          .definedBy(ROOT + "ledger..")
          .layer("delivery")
          .definedBy(ROOT + "delivery..")
          .layer("intake")
          .definedBy(ROOT + "intake..")
          .layer("api")
          .definedBy(ROOT + "api..")
          .layer("dashboard")
          .definedBy(ROOT + "dashboard..")
          .layer("doctor")
          .definedBy(ROOT + "doctor..")
          .layer("root")
          .definedBy("io.emailmonitor.monitor")
          .whereLayer("mailbox")
          .mayNotAccessAnyLayer()
          .whereLayer("graph")
          .mayOnlyAccessLayers("mailbox")
          .whereLayer("ledger")
          .mayOnlyAccessLayers("mailbox")
          .whereLayer("content")
          .mayOnlyAccessLayers("mailbox")
          .whereLayer("filter")
          .mayOnlyAccessLayers("mailbox", "content", "ledger")
          .whereLayer("delivery")
          .mayOnlyAccessLayers("mailbox", "ledger")
          .whereLayer("intake")
          .mayOnlyAccessLayers("mailbox", "content", "filter", "delivery", "ledger")
          .whereLayer("api")
          .mayOnlyAccessLayers("mailbox", "filter", "delivery", "ledger", "intake")
          .whereLayer("dashboard")
          .mayOnlyAccessLayers("mailbox", "ledger", "intake", "api")
          .whereLayer("doctor")
          .mayOnlyAccessLayers("mailbox", "graph", "ledger");

  @ArchTest
  static final ArchRule FEATURES_ARE_FREE_OF_CYCLES =
      slices().matching(ROOT + "(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule ONLY_GRAPH_KNOWS_THE_SDK =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + "graph..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.microsoft..", "com.azure..", "okhttp3..", "okio..", "reactor..");

  @ArchTest
  static final ArchRule ONLY_CONTENT_KNOWS_FORMATS =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + "content..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.tika..", "org.apache.james..", "org.apache.poi..", "org.bouncycastle..");

  @ArchTest
  static final ArchRule ONLY_THE_LEDGER_KNOWS_THE_DATABASE =
      noClasses()
          .that()
          .resideInAnyPackage(
              ROOT + "mailbox..",
              ROOT + "graph..",
              ROOT + "filter..",
              ROOT + "delivery..",
              ROOT + "intake..",
              ROOT + "api..",
              ROOT + "dashboard..",
              ROOT + "doctor..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.jdbi..", "org.flywaydb..", "org.h2..", "java.sql..")
          .allowEmptyShould(true);
}
