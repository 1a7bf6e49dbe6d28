package dev.moat.oscore.kudos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.oscore.context.ReservationException;
import dev.moat.oscore.context.SecurityContext;
import dev.moat.oscore.kudos.KudosPolicy.PeerCapability;
import dev.moat.oscore.protect.ProtectedRequest;
import dev.moat.oscore.protect.Protector;
import dev.moat.oscore.protect.RequestBinding;
import dev.moat.oscore.protect.ResponseForm;
import dev.moat.oscore.rekey.FreshContexts;
import dev.moat.oscore.rekey.Messages;
import dev.moat.oscore.rekey.RekeyException;
import dev.moat.oscore.rekey.RekeyException.Reason;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Section 4.3 of draft-ietf-core-oscore-key-update-14. */
final class KudosFlowTest extends KudosFixture {
  @Nested
  class ForwardFlow {
    @Test
    void givesBothEndsAContextThatTheOldOneDoesNotTell() throws Exception {
      KudosClientOffered offered = client.offer();
      ProtectedRequest request = offered.request(Ends.kudos());
      KudosServerPending pending = server.receive(request.outer());
      KudosConfirmed atClient = offered.receive(request.binding(), pending.respond(DONE));
      KudosConfirmed atServer = pending.confirmedBy(use(atClient, pending.context()));

      assertThat(ends.areOne(atClient.context(), atServer.context())).isTrue();
      assertThat(atClient.forwardSecret() && atServer.forwardSecret()).isTrue();
      assertThat(atClient.next().policy().peer()).isEqualTo(PeerCapability.CAPABLE);
      assertThat(atServer.next().policy().peer()).isEqualTo(PeerCapability.CAPABLE);
      assertErased(clientInputs.latest());
      assertErased(serverInputs.latest());
    }

    @Test
    void runsAgainWithTheResult() throws Exception {
      KudosInputs nextClient = clientInputs;
      KudosInputs nextServer = serverInputs;
      for (int run = 0; run < 3; run++) {
        KudosClientOffered offered = new KudosClientIdle(nextClient).offer();
        ProtectedRequest request = offered.request(Ends.kudos());
        KudosServerPending pending = new KudosServerIdle(nextServer).receive(request.outer());
        KudosConfirmed atClient = offered.receive(request.binding(), pending.respond(DONE));
        KudosConfirmed atServer = pending.confirmedBy(use(atClient, pending.context()));
        nextClient = atClient.next();
        nextServer = atServer.next();
      }
      assertThat(nextClient.latest().masterSecret()).isEqualTo(nextServer.latest().masterSecret());
    }

    @Test
    void keepsTheOldParametersUntilConfirmation() throws Exception {
      KudosClientOffered offered = client.offer();
      ProtectedRequest request = offered.request(Ends.kudos());
      KudosServerPending pending = server.receive(request.outer());
      Bytes kept = serverInputs.latest().masterSecret().use(Bytes::copyOf);
      assertThat(kept).isNotEqualTo(Bytes.owned(new byte[16]));

      var unused = offered.receive(request.binding(), pending.respond(DONE));
      assertErased(clientInputs.latest());
    }

    @Test
    void repeatsALostRequestUnderTheSameNonce() throws Exception {
      KudosClientOffered offered = client.offer();
      ProtectedRequest lost = offered.request(Ends.kudos());
      ProtectedRequest second = offered.request(Ends.kudos());
      assertThat(option(lost.outer()).field()).isEqualTo(option(second.outer()).field());
      KudosServerPending pending = server.receive(second.outer());

      var unused = offered.receive(second.binding(), pending.respond(DONE));
    }

    @Test
    void answersAgainWhenTheResponseWasLost() throws Exception {
      KudosClientOffered offered = client.offer();
      ProtectedRequest first = offered.request(Ends.kudos());
      KudosServerPending pending = server.receive(first.outer());
      var lost = pending.respond(DONE);
      SecurityContext context = pending.context();
      ProtectedRequest second = offered.request(Ends.kudos());
      KudosServerPending again = pending.receive(second.outer());
      KudosConfirmed atClient = offered.receive(second.binding(), again.respond(DONE));

      assertThat(again.context()).as("nothing is derived twice").isSameAs(context);
      assertThat(ends.areOne(atClient.context(), context)).isTrue();
    }

    @Test
    void answersAClientThatBeganAnewWithTheOldContext() throws Exception {
      KudosClientOffered given = client.offer();
      KudosServerPending pending = server.receive(given.request(Ends.kudos()).outer());
      SecurityContext first = pending.context();
      KudosClientOffered offered = given.abandon().offer();
      ProtectedRequest request = offered.request(Ends.kudos());
      KudosServerPending again = pending.receive(request.outer());
      KudosConfirmed atClient = offered.receive(request.binding(), again.respond(DONE));

      assertThat(first.isClosed()).isTrue();
      assertThat(ends.areOne(atClient.context(), again.context())).isTrue();
    }

    @Test
    void answersAClientThatBeganAnewWithTheNewContext() throws Exception {
      KudosClientOffered offered = client.offer();
      ProtectedRequest request = offered.request(Ends.kudos());
      KudosServerPending pending = server.receive(request.outer());
      KudosConfirmed atClient = offered.receive(request.binding(), pending.respond(DONE));
      KudosClientOffered next = new KudosClientIdle(atClient.next()).offer();
      ProtectedRequest nextRequest = next.request(Ends.kudos());
      KudosServerPending again = pending.receive(nextRequest.outer());

      assertErased(serverInputs.latest());
      KudosConfirmed second = next.receive(nextRequest.binding(), again.respond(DONE));
      assertThat(ends.areOne(second.context(), again.context())).isTrue();
    }

    @Test
    void needsEvidenceOfTheNewContext() throws Exception {
      KudosServerPending pending = server.receive(client.offer().request(Ends.kudos()).outer());
      RequestBinding other;
      try (Protector protector = new Protector(ledger)) {
        ProtectedRequest sent =
            protector.protectRequest(ends.context(Messages.client()), Messages.get());
        other = ends.received(ends.context(Messages.client().reversed()), sent.outer());
      }
      assertThatIllegalArgumentException().isThrownBy(() -> pending.confirmedBy(other));
    }
  }

  @Nested
  class ReverseFlow {
    private final SecurityContext clientOld = ends.context(Messages.client());
    private final SecurityContext serverOld = ends.context(Messages.client().reversed());
    private ProtectedRequest ordinary;
    private RequestBinding received;

    private KudosServerOffered offered() throws Exception {
      try (Protector protector = new Protector(ledger)) {
        ordinary = protector.protectRequest(clientOld, Messages.get());
        received = ends.received(serverOld, ordinary.outer());
      }
      return server.offer();
    }

    @Test
    void isBegunByAResponse() throws Exception {
      KudosServerOffered offered = offered();
      Response divergent = offered.respond(received, Messages.content());
      KudosClientPending pending = client.answer(ordinary.binding(), divergent);
      assertThat(pending.response()).isEqualTo(Messages.content());

      ProtectedRequest convergent = pending.request(Messages.get());
      KudosServerOffered.Confirmed atServer = offered.receive(convergent.outer());
      RequestBinding served = ends.received(atServer.confirmed().context(), atServer.request());
      Response answer;
      try (Protector protector = new Protector(ledger)) {
        answer = protector.protectResponse(served, Messages.content(), ResponseForm.REUSE_NONCE);
      }
      KudosClientPending.Confirmed atClient = pending.receive(convergent.binding(), answer);

      assertThat(atClient.response()).isEqualTo(Messages.content());
      assertThat(ends.areOne(atClient.confirmed().context(), atServer.confirmed().context()))
          .isTrue();
      assertErased(clientInputs.latest());
      assertErased(serverInputs.latest());
    }

    @Test
    void refusesDamagedMessagesAndStillTakesTheGenuineOnes() throws Exception {
      KudosServerOffered offered = offered();
      Response divergent = offered.respond(received, Messages.content());
      for (Response damaged : Messages.damaged(divergent)) {
        assertThatThrownBy(() -> client.answer(ordinary.binding(), damaged))
            .isInstanceOf(RekeyException.class);
      }
      KudosClientPending pending = client.answer(ordinary.binding(), divergent);
      ProtectedRequest convergent = pending.request(Messages.get());
      for (Request damaged : Messages.damaged(convergent.outer())) {
        assertThatThrownBy(() -> offered.receive(damaged)).isInstanceOf(RekeyException.class);
      }
      var unused = offered.receive(convergent.outer());
    }

    @Test
    void takesAConvergentAnswerForConfirmation() throws Exception {
      KudosServerOffered offered = offered();
      Response divergent = offered.respond(received, Messages.content());
      KudosClientPending pending = client.answer(ordinary.binding(), divergent);
      ProtectedRequest convergent = pending.request(Messages.get());
      KudosServerOffered.Confirmed atServer = offered.receive(convergent.outer());
      RequestBinding served = ends.received(atServer.confirmed().context(), atServer.request());
      Response answer =
          KudosMessages.protect(served, DONE, KudosField.convergent(false, Bytes.of(1)), ledger);

      assertThat(pending.receive(convergent.binding(), answer).response()).isEqualTo(DONE);
    }

    @Test
    void leavesAClientIdleThatCannotRecord() throws Exception {
      FreshContexts full =
          parameters -> {
            throw new ReservationException(ReservationException.Reason.FULL, "no room");
          };
      KudosClientIdle idle =
          new KudosClientIdle(
              new KudosInputs(
                  clientInputs.latest(),
                  clientInputs.bootstrap(),
                  clientInputs.policy(),
                  ledger,
                  ends.random(),
                  full));
      Response divergent = offered().respond(received, Messages.content());

      assertRefused(() -> idle.answer(ordinary.binding(), divergent), Reason.NOT_RECORDED);
      assertRefused(() -> idle.answer(ordinary.binding(), divergent), Reason.NOT_RECORDED);
    }

    @Test
    void refusesAConfirmationThatDoesNotVerify() throws Exception {
      KudosServerOffered offered = offered();
      Response divergent = offered.respond(received, Messages.content());
      KudosClientPending pending = client.answer(ordinary.binding(), divergent);
      ProtectedRequest convergent = pending.request(Messages.get());

      assertRefused(
          () -> pending.receive(convergent.binding(), Response.of(Code.CONTENT)),
          Reason.NOT_VERIFIED);
      Response reserved = Messages.withOption(Response.of(Code.CONTENT), Bytes.of(0x40));
      assertRefused(() -> pending.receive(convergent.binding(), reserved), Reason.NOT_VERIFIED);
      assertRefused(() -> pending.receive(convergent.binding(), divergent), Reason.NOT_VERIFIED);
    }

    @Test
    void canBeGivenUpByEitherEnd() throws Exception {
      KudosServerOffered offered = offered();
      KudosClientPending pending =
          client.answer(ordinary.binding(), offered.respond(received, Messages.content()));
      KudosClientIdle clientAgain = pending.abandon();
      KudosServerIdle serverAgain = offered.abandon();
      KudosClientOffered next = clientAgain.offer();
      ProtectedRequest request = next.request(Ends.kudos());

      var unused =
          next.receive(request.binding(), serverAgain.receive(request.outer()).respond(DONE));
    }

    @Test
    void aDivergentResponseAnswersOneRequestOnly() throws Exception {
      Response divergent = offered().respond(received, Messages.content());
      ProtectedRequest other;
      try (Protector protector = new Protector(ledger)) {
        other = protector.protectRequest(clientOld, Messages.get());
      }
      assertRefused(() -> client.answer(other.binding(), divergent), Reason.NOT_VERIFIED);
    }
  }

  @Nested
  class BothAtOnce {
    @Test
    void theClientsOfferCounts() throws Exception {
      SecurityContext clientOld = ends.context(Messages.client());
      SecurityContext serverOld = ends.context(Messages.client().reversed());
      ProtectedRequest ordinary;
      try (Protector protector = new Protector(ledger)) {
        ordinary = protector.protectRequest(clientOld, Messages.get());
      }
      KudosServerOffered serverOffers = server.offer();
      Response divergent =
          serverOffers.respond(ends.received(serverOld, ordinary.outer()), Messages.content());
      KudosClientOffered clientOffers = client.offer();
      ProtectedRequest request = clientOffers.request(Ends.kudos());

      assertRefused(() -> clientOffers.receive(ordinary.binding(), divergent), Reason.SIMULTANEOUS);
      assertRefused(() -> serverOffers.receive(request.outer()), Reason.SIMULTANEOUS);
      KudosServerPending pending = serverOffers.abandon().receive(request.outer());
      var unused = clientOffers.receive(request.binding(), pending.respond(DONE));
    }
  }
}
