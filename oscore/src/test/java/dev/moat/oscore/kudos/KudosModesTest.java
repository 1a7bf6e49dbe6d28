package dev.moat.oscore.kudos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.moat.bytes.Bytes;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.oscore.context.ReservationException;
import dev.moat.oscore.kudos.KudosPolicy.PeerCapability;
import dev.moat.oscore.protect.ProtectedRequest;
import dev.moat.oscore.rekey.FreshContexts;
import dev.moat.oscore.rekey.Messages;
import dev.moat.oscore.rekey.RekeyException.Reason;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Section 4.4 of draft-ietf-core-oscore-key-update-14. */
final class KudosModesTest extends KudosFixture {
  @Nested
  class Modes {
    private KudosConfirmed run(KudosPolicy clientPolicy, KudosPolicy serverPolicy)
        throws Exception {
      KudosClientOffered offered = new KudosClientIdle(ends.client(clientPolicy)).offer();
      ProtectedRequest request = offered.request(Ends.kudos());
      KudosServerPending pending =
          new KudosServerIdle(ends.server(serverPolicy)).receive(request.outer());
      KudosConfirmed atClient = offered.receive(request.binding(), pending.respond(DONE));
      KudosConfirmed atServer = pending.confirmedBy(use(atClient, pending.context()));
      assertThat(atClient.forwardSecret()).isEqualTo(atServer.forwardSecret());
      assertThat(ends.areOne(atClient.context(), atServer.context())).isTrue();
      return atClient;
    }

    @Test
    void aServerThatRecordsNothingAnswersWithoutForwardSecrecy() throws Exception {
      KudosConfirmed confirmed = run(CAPABLE, NOT_CAPABLE);

      assertThat(confirmed.forwardSecret()).isFalse();
      assertThat(confirmed.next().policy().peer()).isEqualTo(PeerCapability.NOT_CAPABLE);
    }

    @Test
    void aClientThatRecordsNothingOffersNoForwardSecrecy() throws Exception {
      KudosConfirmed confirmed = run(NOT_CAPABLE, CAPABLE);

      assertThat(confirmed.forwardSecret()).isFalse();
      assertThat(confirmed.next().policy().peer()).isEqualTo(PeerCapability.UNKNOWN);
    }

    @Test
    void whatWasLearnedOfThePeerDecidesTheNextOffer() throws Exception {
      assertThat(run(CAPABLE.knowing(PeerCapability.NOT_CAPABLE), CAPABLE).forwardSecret())
          .isFalse();
    }

    @Test
    void anEndThatRecordsNothingAndHasNoBootstrapStillRunsWithForwardSecrecy() throws Exception {
      KudosInputs without =
          ends.inputs(Messages.client().reversed(), Optional.empty(), NOT_CAPABLE);
      KudosServerPending pending =
          new KudosServerIdle(without).receive(client.offer().request(Ends.kudos()).outer());

      assertThat(pending.confirmed().forwardSecret()).isTrue();
      KudosClientIdle bare =
          new KudosClientIdle(ends.inputs(Messages.client(), Optional.empty(), NOT_CAPABLE));
      Request offer = bare.offer().request(Ends.kudos()).outer();
      assertThat(option(offer).field().withoutForwardSecrecy()).isFalse();
    }

    @Test
    void theRebootedServerNeedsTheBootstrapOnly() throws Exception {
      KudosInputs rebooted =
          new KudosInputs(
              Ends.bootstrap().reversed(),
              Optional.of(Ends.bootstrap().reversed()),
              NOT_CAPABLE,
              ledger,
              ends.random(),
              FreshContexts.inMemory(ledger));
      KudosClientOffered offered =
          new KudosClientIdle(ends.client(CAPABLE.knowing(PeerCapability.NOT_CAPABLE))).offer();
      ProtectedRequest request = offered.request(Ends.kudos());
      assertThat(option(request.outer()).field().x()).isEqualTo(0x17);
      KudosServerPending pending = new KudosServerIdle(rebooted).receive(request.outer());
      Response response = pending.respond(DONE);
      assertThat(KudosMessages.option(response.options()).field().x()).isEqualTo(0x57);

      var unused = offered.receive(request.binding(), response);
    }

    @Test
    void nobodyIsTalkedOutOfForwardSecrecy() throws Exception {
      KudosPolicy known = CAPABLE.knowing(PeerCapability.CAPABLE);
      Request without =
          new KudosClientIdle(ends.client(NOT_CAPABLE)).offer().request(Ends.kudos()).outer();
      assertRefused(
          () -> new KudosServerIdle(ends.server(known)).receive(without), Reason.DOWNGRADE);

      KudosClientOffered offered = new KudosClientIdle(ends.client(known)).offer();
      ProtectedRequest request = offered.request(Ends.kudos());
      Response answer =
          new KudosServerIdle(ends.server(NOT_CAPABLE)).receive(request.outer()).respond(DONE);
      assertRefused(() -> offered.receive(request.binding(), answer), Reason.DOWNGRADE);
    }

    @Test
    void anOfferWithoutForwardSecrecyIsNotAnsweredWithIt() throws Exception {
      KudosClientOffered offered = new KudosClientIdle(ends.client(NOT_CAPABLE)).offer();
      ProtectedRequest request = offered.request(Ends.kudos());
      Response answer =
          new KudosServerIdle(ends.server(CAPABLE)).receive(request.outer()).respond(DONE);
      KudosOption option = KudosMessages.option(answer.options());
      KudosField other = KudosField.convergent(false, option.field().nonce());
      Response forged =
          Messages.withOption(answer, new KudosOption(option.standard(), other).encode());

      assertRefused(() -> offered.receive(request.binding(), forged), Reason.MODE_MISMATCH);
    }

    @Test
    void nobodyRunsWithoutBootstrapWhereItIsNeeded() throws Exception {
      Request without =
          new KudosClientIdle(ends.client(NOT_CAPABLE)).offer().request(Ends.kudos()).outer();
      KudosInputs bare = ends.inputs(Messages.client().reversed(), Optional.empty(), CAPABLE);

      assertRefused(() -> new KudosServerIdle(bare).receive(without), Reason.NO_BOOTSTRAP);
    }

    @Test
    void shortNoncesAreNotConfigured() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new KudosPolicy(true, PeerCapability.UNKNOWN, 7));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new KudosPolicy(true, PeerCapability.UNKNOWN, 17));
    }
  }

  @Nested
  class Recording {
    private final FreshContexts full =
        parameters -> {
          throw new ReservationException(ReservationException.Reason.FULL, "no room");
        };

    private KudosInputs failing(KudosInputs inputs) {
      return new KudosInputs(
          inputs.latest(), inputs.bootstrap(), CAPABLE, ledger, ends.random(), full);
    }

    @Test
    void theServerStaysIdleWhenItCannotRecord() throws Exception {
      KudosServerIdle idle = new KudosServerIdle(failing(serverInputs));
      Request offer = client.offer().request(Ends.kudos()).outer();

      assertRefused(() -> idle.receive(offer), Reason.NOT_RECORDED);
      assertRefused(() -> idle.receive(offer), Reason.NOT_RECORDED);
    }

    @Test
    void theClientKeepsTheOldContextWhenItCannotRecord() throws Exception {
      KudosClientOffered offered = new KudosClientIdle(failing(clientInputs)).offer();
      ProtectedRequest request = offered.request(Ends.kudos());
      Response answer = server.receive(request.outer()).respond(DONE);

      assertRefused(() -> offered.receive(request.binding(), answer), Reason.NOT_RECORDED);
      Bytes kept = clientInputs.latest().masterSecret().use(Bytes::copyOf);
      assertThat(kept.length()).isEqualTo(16);
    }

    @Test
    void theServerToldToOfferByItsOwnNeedsWhatItsModeNeeds() throws Exception {
      KudosServerOffered offered = new KudosServerIdle(ends.server(NOT_CAPABLE)).offer();
      assertThat(offered).isNotNull();
      Request ordinary = client.offer().request(Ends.kudos()).outer();
      assertRefused(() -> offered.receive(ordinary), Reason.SIMULTANEOUS);
    }
  }
}
