package dev.moat.conformance;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What EDHOC is made of, and what it leaves to the layers around it. */
class EdhocModuleTest {
  private static final Set<String> EDHOC = Set.of("edhoc");

  /** Nothing of CoAP or OSCORE, and no second form of CBOR, COSE or cryptography. */
  @Test
  @Tag("LK-001")
  @Tag("LK-009")
  @Tag("LK-132")
  void edhocIsMadeOfCborAndCose() {
    Set<String> allowed = Set.of("bytes", "cbor", "cose", "crypto", "edhoc");
    classes()
        .that(Modules.in(EDHOC))
        .should()
        .onlyDependOnClassesThat(
            DescribedPredicate.describe(
                "are of the JDK, or in " + allowed,
                type ->
                    Modules.of(type.getBaseComponentType())
                        .map(allowed::contains)
                        .orElseGet(() -> isJdkOrJspecify(type.getBaseComponentType().getName()))))
        .check(Modules.MAIN);
    noClasses()
        .that(Modules.in(EDHOC))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("javax.crypto..", "java.security..")
        .check(Modules.MAIN);
    // OSCORE and EDHOC have one COSE between them.
    assertThat(Modules.MAY_KNOW.get("oscore")).contains("cose");
    assertThat(Modules.MAY_KNOW.get("edhoc")).contains("cose");
  }

  private static boolean isJdkOrJspecify(String name) {
    return !name.contains(".") || name.startsWith("java.") || name.startsWith("org.jspecify.");
  }

  /** Retransmission, fragments and their timers are CoAP's (RFC 9528, Section 3.4). */
  @Test
  @Tag("LK-015")
  void edhocHasNoTimersFragmentsOrSequenceNumbers() {
    String transport = "(?i).*(retransmi|timeout|timer|fragment|sequenceNumber|nanos|millis).*";
    noFields()
        .that()
        .areDeclaredInClassesThat(Modules.in(EDHOC))
        .should()
        .haveNameMatching(transport)
        .check(Modules.MAIN);
    noClasses()
        .that(Modules.in(EDHOC))
        .should()
        .haveNameMatching(transport)
        .orShould()
        .dependOnClassesThat()
        .haveNameMatching("java[.]util[.]concurrent[.](?!atomic[.]).*|java[.]time[.]Duration")
        .check(Modules.MAIN);
  }

  /** Method 4 came later than the others, and none of their states knows it. */
  @Test
  @Tag("LK-091")
  void aMethodOfItsOwnIsAddedBesideTheOthers() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "dev.moat.edhoc.initiator..",
            "dev.moat.edhoc.responder..",
            "dev.moat.edhoc.message..",
            "dev.moat.edhoc.schedule..",
            "dev.moat.edhoc.session..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.moat.edhoc.psk..")
        .check(Modules.MAIN);
  }
}
