package dev.moat.conformance;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Dependencies between modules point one way, and packages form no cycles. */
class ModuleArrowsTest {
  static Set<String> modules() {
    return Modules.MAY_KNOW.keySet();
  }

  static Set<String> cores() {
    return Modules.CORES;
  }

  @ParameterizedTest
  @MethodSource("modules")
  void dependsOnlyOnModulesBelow(String module) {
    Set<String> allowed = new HashSet<>(Modules.MAY_KNOW.get(module));
    allowed.add(module);
    classes()
        .that(Modules.in(Set.of(module)))
        .should()
        .onlyDependOnClassesThat(foreignOrIn(allowed))
        .as("module " + module + " knows only " + allowed)
        .allowEmptyShould(true)
        .check(Modules.MAIN);
  }

  @ParameterizedTest
  @MethodSource("cores")
  void coresDependOnTheJdkAndJspecifyOnly(String module) {
    classes()
        .that(Modules.in(Set.of(module)))
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", "javax.crypto..", "org.jspecify..", "dev.moat..")
        .allowEmptyShould(true)
        .check(Modules.MAIN);
  }

  @Test
  void packagesFormNoCycles() {
    slices()
        .matching("dev.moat.(**)")
        .should()
        .beFreeOfCycles()
        .allowEmptyShould(true)
        .check(Modules.MAIN);
  }

  @Test
  void noPackageIsSplitOverTwoModules() {
    assertThat(
            Modules.MAIN.stream()
                .collect(
                    Collectors.groupingBy(
                        JavaClass::getPackageName,
                        Collectors.mapping(Modules::of, Collectors.toSet()))))
        .allSatisfy((name, owners) -> assertThat(owners).as(name).hasSize(1));
  }

  @Test
  void everyClassBelongsToAKnownModule() {
    assertThat(Modules.MAIN)
        .allSatisfy(type -> assertThat(Modules.of(type)).as(type.getName()).isPresent())
        .allSatisfy(type -> assertThat(modules()).contains(Modules.of(type).orElseThrow()));
  }

  private static DescribedPredicate<JavaClass> foreignOrIn(Set<String> modules) {
    return DescribedPredicate.describe(
        "foreign or in " + modules,
        type -> {
          Optional<String> owner = Modules.of(type.getBaseComponentType());
          return owner.isEmpty() || modules.contains(owner.get());
        });
  }
}
