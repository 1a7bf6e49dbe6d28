package dev.moat.conformance;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import org.junit.jupiter.api.Test;

/**
 * The attacker of the lab sees what an attacker on the path sees. Its types leave it no way to a
 * key, to plaintext or to the applications.
 */
class FoeSightTest {
  private static final String ATTACK = "dev.moat.foe.attack..";

  /** Of OSCORE it may read the option, which is in clear. */
  @Test
  void hasNoWayToKeysOrToWhatTheyProtect() {
    noClasses()
        .that()
        .resideInAPackage(ATTACK)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.moat.crypto..",
            "dev.moat.cose..",
            "dev.moat.oscore.context..",
            "dev.moat.oscore.protect..",
            "dev.moat.oscore.filter..",
            "dev.moat.oscore.store..")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("dev.moat.bytes.SecretBytes")
        .check(Modules.MAIN);
  }

  @Test
  void hasNoWayToTheApplicationsTheirStacksOrTheJudge() {
    noClasses()
        .that()
        .resideInAPackage(ATTACK)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.moat.endpoint..",
            "dev.moat.foe.app..",
            "dev.moat.foe.judge..",
            "dev.moat.foe.keys..",
            "dev.moat.foe.relay..",
            "dev.moat.foe.run..",
            "dev.moat.foe.stack..")
        .check(Modules.MAIN);
  }

  /** Records are hidden from whoever sits between: keys and sockets of (D)TLS are the ends'. */
  @Test
  void hasNoWayToWhatRecordsHide() {
    noClasses()
        .that()
        .resideInAPackage(ATTACK)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("javax.net..", "java.net..", "io.netty..", "org.eclipse.californium..")
        .check(Modules.MAIN);
  }

  /** Foe's own ends of handshakes have Foe's own keys, and are told of nobody else's. */
  @Test
  void doesNotGiveItsOwnEndsOfHandshakesAWayToTheKeysOfOthers() {
    noClasses()
        .that()
        .resideInAPackage("dev.moat.foe.impostor..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.moat.oscore..",
            "dev.moat.endpoint..",
            "dev.moat.foe.app..",
            "dev.moat.foe.judge..",
            "dev.moat.foe.keys..",
            "dev.moat.foe.run..",
            "dev.moat.foe.stack..")
        .check(Modules.MAIN);
  }

  /** The judge may read what is protected, to name what withstood; whoever directs Foe may not. */
  @Test
  void isNotDirectedByWhoeverReadsWhatIsProtected() {
    noClasses()
        .that(
            JavaClass.Predicates.resideInAPackage("dev.moat.foe..")
                .and(
                    DescribedPredicate.describe(
                        "neither name mechanisms nor make stacks",
                        type ->
                            !type.getSimpleName().equals("Attribution")
                                && !type.getPackageName().equals("dev.moat.foe.stack"))))
        .should()
        .callMethodWhere(
            DescribedPredicate.describe(
                "Insight.read",
                call ->
                    call.getTargetOwner().getName().equals("dev.moat.foe.judge.Insight")
                        && call.getName().equals("read")))
        .check(Modules.MAIN);
  }

  /** The same for what senders handed to a transport that hides it. */
  @Test
  void isNotDirectedByWhoeverKnowsWhatRecordsHide() {
    noClasses()
        .that(
            JavaClass.Predicates.resideInAPackage("dev.moat.foe..")
                .and(
                    DescribedPredicate.describe(
                        "neither name mechanisms nor make stacks",
                        type ->
                            !type.getSimpleName().equals("Attribution")
                                && !type.getPackageName().equals("dev.moat.foe.judge")
                                && !type.getPackageName().equals("dev.moat.foe.stack"))))
        .should()
        .callMethodWhere(
            DescribedPredicate.describe(
                "Opened.message",
                call ->
                    call.getTargetOwner().isAssignableTo("dev.moat.foe.judge.Opened")
                        && call.getName().equals("message")))
        .check(Modules.MAIN);
  }
}
