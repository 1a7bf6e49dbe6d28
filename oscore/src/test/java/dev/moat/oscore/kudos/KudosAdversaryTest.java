package dev.moat.oscore.kudos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moat.bytes.Bytes;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.oscore.protect.ProtectedRequest;
import dev.moat.oscore.protect.Protector;
import dev.moat.oscore.rekey.Messages;
import dev.moat.oscore.rekey.RekeyException;
import dev.moat.oscore.rekey.RekeyException.Reason;
import org.junit.jupiter.api.Test;

/** What someone on the path can do to draft-ietf-core-oscore-key-update-14. */
final class KudosAdversaryTest extends KudosFixture {
  @Test
  void aReplayedOfferIsRefusedWhileTheRunIsPending() throws Exception {
    Request offer = client.offer().request(Ends.kudos()).outer();
    KudosServerPending pending = server.receive(offer);

    assertRefused(() -> pending.receive(offer), Reason.REPLAY);
  }

  @Test
  void aReplayedOfferOfAFinishedRunIsRefused() throws Exception {
    KudosClientOffered offered = client.offer();
    ProtectedRequest request = offered.request(Ends.kudos());
    KudosServerPending pending = server.receive(request.outer());
    KudosConfirmed atClient = offered.receive(request.binding(), pending.respond(DONE));
    KudosConfirmed atServer = pending.confirmedBy(use(atClient, pending.context()));

    assertRefused(
        () -> new KudosServerIdle(atServer.next()).receive(request.outer()), Reason.NOT_VERIFIED);
  }

  @Test
  void damagedOffersAreRefusedAndTheGenuineOneStillCounts() throws Exception {
    KudosClientOffered offered = client.offer();
    ProtectedRequest request = offered.request(Ends.kudos());
    for (Request damaged : Messages.damaged(request.outer())) {
      assertThatThrownBy(() -> server.receive(damaged)).isInstanceOf(RekeyException.class);
    }
    KudosServerPending pending = server.receive(request.outer());
    Request another = offered.request(Ends.kudos()).outer();
    for (Request damaged : Messages.damaged(another)) {
      assertThatThrownBy(() -> pending.receive(damaged)).isInstanceOf(RekeyException.class);
    }
    var unused = pending.receive(another);
  }

  @Test
  void damagedAnswersAreRefusedAndTheGenuineOneStillCounts() throws Exception {
    KudosClientOffered offered = client.offer();
    ProtectedRequest request = offered.request(Ends.kudos());
    Response answer = server.receive(request.outer()).respond(DONE);
    for (Response damaged : Messages.damaged(answer)) {
      assertThatThrownBy(() -> offered.receive(request.binding(), damaged))
          .isInstanceOf(RekeyException.class);
    }
    var unused = offered.receive(request.binding(), answer);
  }

  @Test
  void anAnswerToAnotherRunIsRefused() throws Exception {
    KudosClientOffered given = client.offer();
    ProtectedRequest first = given.request(Ends.kudos());
    Response late = server.receive(first.outer()).respond(DONE);
    KudosClientOffered offered = given.abandon().offer();
    ProtectedRequest second = offered.request(Ends.kudos());

    assertRefused(() -> offered.receive(second.binding(), late), Reason.NOT_VERIFIED);
    assertRefused(() -> offered.receive(first.binding(), late), Reason.NOT_VERIFIED);
  }

  @Test
  void ordinaryMessagesAreNoSteps() throws Exception {
    Request ordinary;
    try (Protector protector = new Protector(ledger)) {
      ordinary = protector.protectRequest(ends.context(Messages.client()), Messages.get()).outer();
    }
    assertRefused(() -> server.receive(ordinary), Reason.NOT_VERIFIED);
    assertRefused(() -> server.receive(Messages.get()), Reason.NOT_VERIFIED);
  }

  @Test
  void aConvergentMessageIsNoOffer() throws Exception {
    Request offer = client.offer().request(Ends.kudos()).outer();
    KudosOption option = option(offer);
    Request convergent =
        Messages.withOption(
            offer,
            new KudosOption(option.standard(), KudosField.convergent(false, option.field().nonce()))
                .encode());
    assertRefused(() -> server.receive(convergent), Reason.OTHER_STEP);
    KudosServerPending pending = server.receive(offer);
    assertRefused(() -> pending.receive(convergent), Reason.OTHER_STEP);
    Response answer = pending.respond(DONE);
    KudosClientIdle idle = new KudosClientIdle(ends.client(CAPABLE));
    try (Protector protector = new Protector(ledger)) {
      ProtectedRequest sent =
          protector.protectRequest(ends.context(Messages.client()), Messages.get());
      assertRefused(() -> idle.answer(sent.binding(), answer), Reason.OTHER_STEP);
    }
  }

  @Test
  void aStateThatWasLeftIsOfNoUse() throws Exception {
    KudosClientOffered offered = client.offer();
    assertThatIllegalStateException().isThrownBy(client::offer);
    ProtectedRequest request = offered.request(Ends.kudos());
    KudosServerPending pending = server.receive(request.outer());
    assertThatIllegalStateException().isThrownBy(() -> server.receive(request.outer()));
    Response answer = pending.respond(DONE);
    var unused = offered.receive(request.binding(), answer);
    assertThatIllegalStateException().isThrownBy(() -> offered.receive(request.binding(), answer));
    assertThatIllegalStateException().isThrownBy(() -> offered.request(Ends.kudos()));
    var confirmed = pending.confirmed();
    assertThatIllegalStateException().isThrownBy(pending::context);
  }

  @Test
  void aClosedOfferProtectsNothing() throws Exception {
    KudosClientOffered offered = client.offer();
    offered.close();

    assertRefused(() -> offered.request(Ends.kudos()), Reason.NOT_VERIFIED);
  }

  @Test
  void showsNoSecret() throws Exception {
    KudosConfirmed confirmed =
        server.receive(client.offer().request(Ends.kudos()).outer()).confirmed();
    Bytes secret = confirmed.next().latest().masterSecret().use(Bytes::copyOf);

    assertThat(confirmed.toString()).doesNotContain(secret.toHex());
  }
}
