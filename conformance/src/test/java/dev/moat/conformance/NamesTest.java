package dev.moat.conformance;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What names promise. */
class NamesTest {
  @Test
  void dangerousThingsAreUsedOnlyByTestKitsFoeAndVectorRunners() {
    noClasses()
        .that(DescribedPredicate.not(DescribedPredicate.describe("may be insecure", this::fenced)))
        .should()
        .dependOnClassesThat(
            DescribedPredicate.describe("are named Insecure*", NamesTest::isInsecure))
        .allowEmptyShould(true)
        .check(Modules.MAIN);
  }

  @Test
  void noClassIsNamedAfterNothing() {
    noClasses()
        .should()
        .haveNameMatching(".*(Impl|Util|Utils|Helper|Helpers|Manager)([$].*)?")
        .allowEmptyShould(true)
        .check(Modules.MAIN);
  }

  @Test
  void coresHaveNoGetters() {
    noMethods()
        .that()
        .arePublic()
        .and()
        .areDeclaredInClassesThat(Modules.in(Modules.CORES))
        .and()
        .areDeclaredInClassesThat(
            DescribedPredicate.not(JavaClass.Predicates.assignableTo(Throwable.class)))
        .should()
        .haveNameMatching("get[A-Z].*")
        .allowEmptyShould(true)
        .check(Modules.MAIN);
  }

  private boolean fenced(JavaClass type) {
    return Modules.in(Set.of("testkit", "foe")).test(type)
        || isInsecure(type)
        || type.getPackageName().contains(".conform")
        || outermost(type).getSimpleName().contains("Conform");
  }

  private static boolean isInsecure(JavaClass type) {
    return outermost(type.getBaseComponentType()).getSimpleName().startsWith("Insecure");
  }

  private static JavaClass outermost(JavaClass type) {
    return type.getEnclosingClass().map(NamesTest::outermost).orElse(type);
  }
}
