package dev.moat.conformance;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.elements.ClassesShould;
import java.util.Collection;
import java.util.Collections;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.stream.BaseStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * Cores compute. Time, randomness and events come in as arguments, and results go out as values, so
 * that one seed gives one run.
 */
class PureCoresTest {
  @Nested
  class InputAndOutput {
    @Test
    void opensNoFileSocketOrStream() {
      forbidTypes(
          "java[.]io[.](?!Serializable|ObjectStreamException|UncheckedIOException).*",
          "java[.]nio[.](channels|file)[.].*",
          "java[.]net[.](?!URI|URISyntaxException).*");
    }

    @Test
    void printsNothing() {
      forbidAccess(System.class, "out|err|in");
      forbidAccess(Throwable.class, "printStackTrace");
    }

    @Test
    void asksNothingOfTheProcess() {
      forbidTypes("java[.]lang[.](Process|ProcessBuilder|Runtime|ProcessHandle)");
      forbidAccess(System.class, "getProperty|getProperties|getenv|exit|load|loadLibrary|console");
      forbidAccess(Integer.class, "getInteger");
      forbidAccess(Long.class, "getLong");
      forbidAccess(Boolean.class, "getBoolean");
    }
  }

  @Nested
  class Clocks {
    @Test
    void readsNoClock() {
      forbidTypes("java[.]time[.](Clock|InstantSource)", "java[.]util[.](Date|Calendar|Timer.*)");
      forbidAccess(System.class, "nanoTime|currentTimeMillis");
    }

    @Test
    void asksNoTimeTypeForNow() {
      check(
          cores()
              .accessTargetWhere(
                  DescribedPredicate.describe(
                      "java.time..now",
                      access ->
                          access.getTargetOwner().getPackageName().startsWith("java.time")
                              && access.getTarget().getName().equals("now"))));
    }
  }

  @Nested
  class Threads {
    @Test
    void startsAndSharesNoThread() {
      forbidTypes(
          "java[.]lang[.](Thread|ThreadLocal|ThreadGroup|InheritableThreadLocal)([$].*)?",
          "java[.]util[.]concurrent[.](?!CompletionStage|CompletableFuture|CompletionException"
              + "|CancellationException|TimeUnit|atomic[.]).*");
    }

    @Test
    void takesNoLock() {
      noMethods()
          .that()
          .areDeclaredInClassesThat(Modules.in(Modules.CORES))
          .should()
          .haveModifier(JavaModifier.SYNCHRONIZED)
          .allowEmptyShould(true)
          .check(Modules.MAIN);
      forbidMonitorMethods();
    }

    @Test
    void neverWaitsForAFutureOrHandsItToAPool() {
      forbidAccess(
          CompletionStage.class, ".*Async|get|join|orTimeout|completeOnTimeout|delayedExecutor");
      forbidAccess(Collection.class, "parallelStream");
      forbidAccess(BaseStream.class, "parallel");
    }
  }

  @Test
  void logsNothing() {
    forbidTypes(
        "org[.]slf4j[.].*", "java[.]util[.]logging[.].*", "java[.]lang[.]System[$]Logger.*");
  }

  @Test
  void takesRandomnessOnlyAsAnArgument() {
    forbidTypes(
        "java[.]security[.]SecureRandom.*",
        "java[.]util[.]Random",
        "java[.]util[.]concurrent[.]ThreadLocalRandom",
        "java[.]util[.]random[.].*");
    forbidAccess(Math.class, "random");
    forbidAccess(StrictMath.class, "random");
    forbidAccess(UUID.class, "randomUUID");
    forbidAccess(Collections.class, "shuffle");
    forbidAccess(System.class, "identityHashCode");
    forbidUnseededGenerators();
  }

  /**
   * Simulations draw millions of numbers from a seed that is an argument; without one it is not.
   */
  private static void forbidUnseededGenerators() {
    check(
        cores()
            .callConstructorWhere(
                DescribedPredicate.describe(
                    "new SplittableRandom()",
                    call ->
                        call.getTargetOwner().isEquivalentTo(SplittableRandom.class)
                            && call.getTarget().getRawParameterTypes().isEmpty())));
  }

  private static ClassesShould cores() {
    return noClasses().that(Modules.in(Modules.CORES)).should();
  }

  private static void forbidTypes(String... patterns) {
    String any = String.join("|", patterns);
    check(
        cores()
            .dependOnClassesThat(
                DescribedPredicate.describe(
                    "match " + any, type -> type.getBaseComponentType().getName().matches(any))));
  }

  /** Forbids calls, method references and field reads whose owner is {@code type} or below it. */
  private static void forbidAccess(Class<?> type, String names) {
    check(
        cores()
            .accessTargetWhere(
                DescribedPredicate.describe(
                    type.getSimpleName() + "." + names,
                    access ->
                        access.getTargetOwner().isAssignableTo(type)
                            && access.getTarget().getName().matches(names))));
  }

  /** By what the call resolves to: an engine may well have a notify of its own. */
  private static void forbidMonitorMethods() {
    check(
        cores()
            .accessTargetWhere(
                DescribedPredicate.describe(
                    "Object.wait|notify|notifyAll",
                    access ->
                        access.getTarget().getName().matches("wait|notify|notifyAll")
                            && access
                                .getTarget()
                                .resolveMember()
                                .map(member -> member.getOwner().isEquivalentTo(Object.class))
                                .orElse(true))));
  }

  private static void check(ArchRule rule) {
    rule.allowEmptyShould(true).check(Modules.MAIN);
  }
}
