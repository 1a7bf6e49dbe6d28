package dev.moat.oscore.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Response;
import dev.moat.oscore.OscoreException.Reason;
import dev.moat.oscore.context.ContextTable;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OscoreEventTest {
  private static final Peer PEER = Peer.of(Bytes.of(192, 0, 2, 1), 40_000);

  static Stream<OscoreEvent> events() {
    return Stream.of(
        new OscoreEvent.ContextNotFound(PEER),
        new OscoreEvent.RequestRejected(PEER, Reason.DECRYPTION_FAILED),
        new OscoreEvent.ReplayDetected(PEER),
        new OscoreEvent.ResynchronisationDemanded(PEER),
        new OscoreEvent.Resynchronised(PEER),
        new OscoreEvent.ReachabilityDemanded(PEER),
        new OscoreEvent.Shortened(PEER, 200),
        new OscoreEvent.ProtectionFailed(PEER, Reason.SEQUENCE_EXHAUSTED),
        OscoreEvent.StageFailed.of(PEER, new IllegalStateException("the code is 4711")),
        OscoreEvent.StageFailed.of(PEER, traceless()),
        new OscoreEvent.ResponseRejected(PEER, Reason.DECRYPTION_FAILED),
        new OscoreEvent.StaleNotification(PEER),
        OscoreEvent.UnprotectedResponse.of(PEER, Response.of(Code.NOT_FOUND)),
        OscoreEvent.UnprotectedResponse.of(
            PEER, Response.diagnostic(Code.NOT_FOUND, "a\n\u001b[2J" + "x".repeat(500))),
        new OscoreEvent.KeyUsageNearing(Contexts.client()));
  }

  @ParameterizedTest
  @MethodSource("events")
  void fitsOnOnePrintableLineWithoutSecrets(OscoreEvent event) {
    assertThat(event.describe())
        .hasSizeBetween(10, 200)
        .matches("[ -~]+")
        .doesNotContain("4711")
        .doesNotContain("0123456789abcdef");
  }

  private static Throwable traceless() {
    Throwable traceless = new IllegalStateException("the code is 4711");
    traceless.setStackTrace(new StackTraceElement[0]);
    return traceless;
  }

  @Test
  void demandsAWindowToResynchroniseIn() {
    ServerSecurity security = ServerSecurity.of(new ContextTable());

    assertThat(security.withResyncWindow(Duration.ofSeconds(5)).resyncWindowNanos())
        .isEqualTo(5_000_000_000L);
    for (Duration wrong : List.of(Duration.ZERO, Duration.ofHours(2))) {
      assertThatThrownBy(() -> security.withResyncWindow(wrong))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void asksNothingOfAMessageLayerThatIsNotThere() {
    ServerRig rig = new ServerRig(Contexts.server());
    Requester.Asked asked = new Requester(Contexts.client()).ask(Requester.get());

    MessageLayer.NONE.verified(asked.outer(), asked.outer());
    MessageLayer.NONE.suppress(asked.outer());

    assertThat(MessageLayer.NONE.answerBudgetOctets(asked.outer())).isEmpty();
    assertThat(asked.read(rig.answer(asked.outer())).code()).isEqualTo(Code.CONTENT);
  }
}
