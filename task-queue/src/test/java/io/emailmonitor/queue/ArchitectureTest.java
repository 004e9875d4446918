package io.emailmonitor.queue;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "io.emailmonitor.queue",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule leansOnTheTaskAndOnJedisOnly =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "javax.net.ssl..",
              "org.jspecify..",
              "redis.clients.jedis..",
              "io.emailmonitor.model..",
              "io.emailmonitor.queue..");

  @ArchTest
  static final ArchRule hidesRedisBehindOneType =
      classes()
          .that()
          .areTopLevelClasses()
          .and()
          .arePublic()
          .should()
          .onlyDependOnClassesThat()
          .resideOutsideOfPackage("redis.clients..");
}
