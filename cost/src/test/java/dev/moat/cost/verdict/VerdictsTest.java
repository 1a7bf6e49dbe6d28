package dev.moat.cost.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moat.cost.exchange.EdhocShape.PathForm;
import dev.moat.cost.study.CostedExchange;
import dev.moat.cost.study.Formation;
import dev.moat.cost.study.JoinProtocols;
import dev.moat.cost.study.Repeats;
import dev.moat.cost.study.Shapes;
import dev.moat.cost.study.Study;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictsTest {
  private static Verdict of(Study study, Requirement requirement) {
    return Verdicts.of(study).stream()
        .filter(one -> one.requirement() == requirement)
        .findFirst()
        .orElseThrow();
  }

  private static Verdict.Missed missed(Study study, Requirement requirement) {
    Verdict verdict = of(study, requirement);
    assertThat(verdict).isInstanceOf(Verdict.Missed.class);
    return (Verdict.Missed) verdict;
  }

  @Test
  void withPublishedSizesNothingIsMissed() {
    List<Verdict> all = Verdicts.of(SampleStudies.asPublished());
    assertThat(all).filteredOn(Verdict.Missed.class::isInstance).isEmpty();
    assertThat(all)
        .filteredOn(Verdict.Reported.class::isInstance)
        .extracting(Verdict::requirement)
        .containsExactly(Requirement.LK_107, Requirement.LK_124);
  }

  @Test
  void everyRequirementIsJudgedOnceInOrder() {
    assertThat(Verdicts.of(SampleStudies.asPublished()))
        .extracting(Verdict::requirement)
        .isSorted()
        .doesNotHaveDuplicates();
  }

  @Test
  void anUplinkOfMoreThanSixSecondsIsMissedAndSaysByHowMuch() {
    Study longer = SampleStudies.with(SampleStudies.edhoc(Shapes.SMALLEST, 52, 45, 19));
    Verdict.Missed verdict = missed(longer, Requirement.LK_112);
    assertThat(verdict.byHowMuch()).endsWith("s too much");
    assertThat(verdict.help()).isNotEmpty();
    assertThat(missed(longer, Requirement.LK_111).byHowMuch()).endsWith("s too much");
    assertThat(missed(longer, Requirement.LK_102).byHowMuch())
        .contains("largest message: 13 octets too many")
        .contains("largest payload up: 6 octets too many");
    assertThat(missed(longer, Requirement.LK_100).byHowMuch()).contains("message sizes: not so");
  }

  @Test
  void theDefaultPathIsShownAsExceedingTheUplinkLimit() {
    String title = SampleStudies.edhoc(Shapes.withPath(Shapes.SMALLEST, PathForm.DEFAULT)).title();
    assertThat(of(SampleStudies.asPublished(), Requirement.LK_112).cases())
        .filteredOn(one -> one.subject().startsWith(title))
        .singleElement()
        .satisfies(one -> assertThat(one.met()).isFalse());
  }

  @Test
  void signaturesOnBothSidesAreKnownToNeedSixFragments() {
    String title = SampleStudies.edhoc(Shapes.BOTH_SIGN).title();
    assertThat(of(SampleStudies.asPublished(), Requirement.LK_127).cases())
        .filteredOn(one -> one.subject().startsWith(title) && !one.met())
        .extracting(Case::value)
        .containsExactly("6 frames", "6 fragments");
  }

  @Test
  void moreThanFiveFragmentsWithCertificatesByReferenceAreMissed() {
    Study longer = SampleStudies.with(SampleStudies.edhoc(Shapes.CERTIFICATES, 37, 110, 90));
    assertThat(missed(longer, Requirement.LK_127).byHowMuch()).contains("1 frames too many");
    assertThat(missed(longer, Requirement.LK_125).byHowMuch()).startsWith("LK-127: not so");
  }

  @Test
  void anUplinkOfMoreThanNineSecondsLeavesNoRoomForARetransmission() {
    Study longer = SampleStudies.with(SampleStudies.edhoc(Shapes.CERTIFICATES, 37, 58, 140));
    assertThat(missed(longer, Requirement.LK_128).byHowMuch()).endsWith("s too much");
    assertThat(missed(longer, Requirement.LK_125).byHowMuch()).contains("LK-128: not so");
  }

  @Test
  void anotherMessageOrAnotherRoundTripIsMissed() {
    var sequential =
        SampleStudies.edhoc(
            Shapes.withFlow(Shapes.SMALLEST, dev.moat.cost.exchange.EdhocShape.Flow.SEQUENTIAL));
    var asSmallest =
        new dev.moat.cost.exchange.RecordedExchange(
            "x",
            "x",
            sequential.protocol(),
            sequential.origin(),
            "",
            java.util.Optional.of(Shapes.SMALLEST),
            sequential.messages());
    Study study = SampleStudies.with(asSmallest);
    assertThat(missed(study, Requirement.LK_105).byHowMuch()).contains("1 round trips too many");
    assertThat(missed(study, Requirement.LK_123).byHowMuch()).isNotEmpty();
    assertThat(missed(study, Requirement.LK_114).byHowMuch()).contains("packets too many");
    assertThat(missed(study, Requirement.LK_117).byHowMuch()).isNotEmpty();
  }

  @Test
  void aNetworkThatFormsLaterThanWithDtlsIsMissed() {
    Study sample = SampleStudies.asPublished();
    Study slow =
        new Study(
            sample.settings(),
            sample.exchanges(),
            sample.overheads(),
            sample.device(),
            List.of(
                new Formation(JoinProtocols.EDHOC, 10, 4, 80, 601, true),
                new Formation(JoinProtocols.DTLS_RPK, 10, 22, 400, 600, true)),
            sample.repeats());
    assertThat(missed(slow, Requirement.LK_116).byHowMuch()).endsWith("1 s too much");
  }

  @Test
  void repeatsThatCostMoreAreMissed() {
    Study sample = SampleStudies.asPublished();
    Study changed =
        new Study(
            sample.settings(),
            sample.exchanges(),
            sample.overheads(),
            sample.device(),
            sample.formation(),
            new Repeats(
                List.of(new Repeats.Parallel(10, 20, 173, 176)), new Repeats.Reboot(173, 210)));
    assertThat(missed(changed, Requirement.LK_129).finding()).contains("210 octets");
    assertThat(missed(changed, Requirement.LK_103).byHowMuch()).endsWith("1 octets too many");
  }

  @Test
  void aStudyWithoutTheExchangesIsRefused() {
    Study empty = SampleStudies.of(List.of());
    assertThatThrownBy(() -> Verdicts.of(empty))
        .hasMessage("the study lacks the exchange edhoc-3-kid-kid-s2-short-combined-device");
  }

  @Test
  void aHandshakeOfAnyOriginIsHeldAgainstTheSameLimits() {
    CostedExchange smallest = SampleStudies.asPublished().exchanges().get(0);
    assertThat(HandshakeChecks.of(smallest)).hasSize(10).allMatch(Case::met);
    CostedExchange dtls =
        SampleStudies.asPublished().exchanges().stream()
            .filter(one -> one.exchange().title().startsWith("DTLS"))
            .findFirst()
            .orElseThrow();
    assertThat(HandshakeChecks.of(dtls))
        .filteredOn(one -> !one.met())
        .extracting(Case::excess)
        .contains("15 packets too many", "403 octets too many", "18.486 s too much");
  }
}
