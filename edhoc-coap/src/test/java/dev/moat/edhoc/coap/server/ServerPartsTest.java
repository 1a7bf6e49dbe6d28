package dev.moat.edhoc.coap.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.option.Option;
import dev.moat.coap.option.OptionNumber;
import dev.moat.coap.service.Arrival;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Reply;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.edhoc.EdhocException;
import dev.moat.edhoc.coap.EdhocBody;
import dev.moat.edhoc.coap.EdhocMessages;
import dev.moat.edhoc.coap.HandshakeEvent;
import dev.moat.edhoc.coap.HandshakeException;
import dev.moat.edhoc.coap.Parties;
import dev.moat.edhoc.coap.Rig;
import dev.moat.edhoc.coap.client.EdhocClientConfig;
import dev.moat.edhoc.message.ConnectionId;
import dev.moat.edhoc.message.EdhocError;
import dev.moat.edhoc.message.Message1;
import dev.moat.edhoc.message.SuitesField;
import dev.moat.edhoc.run.ResponderRun;
import dev.moat.edhoc.run.ResponderStep;
import dev.moat.edhoc.suite.Method;
import dev.moat.engine.freshness.FreshSince;
import dev.moat.oscore.context.ContextParameters;
import dev.moat.oscore.context.ContextTable;
import dev.moat.oscore.context.SecurityContext;
import dev.moat.oscore.rekey.ContextOnDemand;
import dev.moat.oscore.rekey.FreshContexts;
import dev.moat.testkit.InsecureSeededRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ServerPartsTest {
  private static SecurityContext context(int id) {
    byte[] secret = new byte[16];
    secret[0] = (byte) id;
    ContextParameters parameters =
        ContextParameters.builder(SecretBytes.copyOf(secret), Bytes.of(9, 9), Bytes.of(id)).build();
    return FreshContexts.unrecorded(parameters, Parties.PRIMITIVES.symmetric());
  }

  @Nested
  class Contexts {
    private final ContextTable table = new ContextTable();
    private final PeerContexts contexts = new PeerContexts(table, 2);

    @Test
    void giveTheOldestOfTheSameIdentityUp() throws Exception {
      SecurityContext first = context(1);
      assertThat(contexts.add(Bytes.of(1), first)).isFalse();
      assertThat(contexts.add(Bytes.of(2), context(2))).isFalse();
      assertThat(contexts.add(Bytes.of(1), context(3))).isFalse();
      assertThat(contexts.add(Bytes.of(1), context(4))).isTrue();
      assertThat(first.isClosed()).isTrue();
      assertThat(table.all()).hasSize(3);
    }

    @Test
    void forgetThoseThatWereClosed() throws Exception {
      SecurityContext closed = context(1);
      assertThat(contexts.add(Bytes.of(1), closed)).isFalse();
      assertThat(table.remove(closed)).isTrue();
      closed.close();
      assertThat(contexts.add(Bytes.of(1), context(2))).isFalse();
      assertThat(contexts.add(Bytes.of(1), context(3))).isFalse();
    }

    @Test
    void forgetIdentitiesWithoutAnOpenContext() throws Exception {
      for (int i = 0; i < 20; i++) {
        SecurityContext context = context(i);
        assertThat(contexts.add(Bytes.of(i), context)).isFalse();
        context.close();
      }
      assertThat(contexts.identities()).isEqualTo(1);
    }

    @Test
    @Tag("LK-097")
    void thatNobodyHasConfirmedReplaceEachOtherOnly() throws Exception {
      SecurityContext confirmed = context(0);
      assertThat(contexts.add(Bytes.of(1), confirmed)).isFalse();
      SecurityContext oldest = context(1);
      assertThat(contexts.addUnconfirmed(Bytes.of(1), oldest)).isFalse();
      for (int i = 2; i <= 16; i++) {
        assertThat(contexts.addUnconfirmed(Bytes.of(1), context(i))).isFalse();
      }
      assertThat(contexts.addUnconfirmed(Bytes.of(1), context(17))).isTrue();
      assertThat(oldest.isClosed()).isTrue();
      assertThat(confirmed.isClosed()).isFalse();
    }

    @Test
    void thatARequestConfirmsAreOnesOfTheirIdentity() throws Exception {
      SecurityContext first = context(1);
      assertThat(contexts.add(Bytes.of(1), first)).isFalse();
      for (int i = 2; i <= 3; i++) {
        SecurityContext next = context(i);
        assertThat(contexts.addUnconfirmed(Bytes.of(1), next)).isFalse();
        contexts.confirmed(next.association());
        contexts.confirmed(next.association());
      }
      assertThat(first.isClosed()).isTrue();
      assertThat(table.all()).hasSize(2);
    }

    @Test
    @Tag("LK-006")
    void refuseAnIdThatWasGivenAwayMeanwhile() {
      table.add(context(1));
      SecurityContext late = context(1);
      assertThatThrownBy(() -> contexts.add(Bytes.of(1), late))
          .isInstanceOfSatisfying(
              HandshakeException.class,
              refused ->
                  assertThat(refused.reason()).isEqualTo(HandshakeException.Reason.ID_TAKEN));
      assertThat(late.isClosed()).isTrue();
    }
  }

  @Nested
  @Tag("AT-22")
  class Freshness {
    private final FreshHandshakes fresh = new FreshHandshakes(association -> {});

    private Optional<FreshSince> known(long association, Arrival.Security security) {
      Peer plain = Rig.CLIENT;
      Peer peer = new Peer(plain.high(), plain.low(), plain.port(), plain.scopeId(), association);
      Arrival arrival = new Arrival(0, Bytes.empty(), 0, false, true, security);
      List<Request> seen = new ArrayList<>();
      var unused =
          fresh.handle(
              Request.to(peer, Code.GET, "/").withFact(Arrival.KEY, arrival),
              request -> {
                seen.add(request);
                return CompletableFuture.completedFuture(Reply.of(Response.of(Code.CONTENT)));
              });
      return seen.get(0).context().find(FreshSince.KEY);
    }

    @Test
    void isVouchedForVerifiedRequestsOfTheAssociationOnly() {
      fresh.completed(7, 100, 200);
      assertThat(known(7, Arrival.Security.OSCORE)).contains(new FreshSince(100));
      assertThat(known(7, Arrival.Security.NONE)).isEmpty();
      assertThat(known(8, Arrival.Security.OSCORE)).isEmpty();
    }

    @Test
    void isRememberedOfTheNewestOnlyAndForAWhile() {
      for (int i = 0; i <= 512; i++) {
        fresh.completed(i, 100, 200);
      }
      assertThat(known(0, Arrival.Security.OSCORE)).isEmpty();
      assertThat(known(1, Arrival.Security.OSCORE)).isPresent();
      fresh.completed(1000, 1, Duration.ofMinutes(11).toNanos());
      assertThat(known(1, Arrival.Security.OSCORE)).isEmpty();
    }
  }

  @Nested
  class ReverseFlow {
    private final Rig rig =
        new Rig(
            EdhocServerConfig.builder(
                    Parties.settings(Parties.SERVER, Parties.CLIENT).message4().build(),
                    Parties.rules())
                .reverse(Method.DH_DH)
                .build());

    private ContextOnDemand client() {
      return new ContextOnDemand(
          rig.client(
              EdhocClientConfig.reverse(
                      Parties.settings(Parties.CLIENT, Parties.SERVER).message4().build(),
                      Parties.rules())
                  .build()));
    }

    @Test
    @Tag("LK-018")
    @Tag("LK-098")
    void answersRepetitionsAlikeAndOutlivesForgeries() {
      rig.onRequest =
          request -> {
            if (!request.path().equals("/") && rig.sent.size() <= 4) {
              Response once = rig.serve(Rig.CLIENT, request);
              assertThat(rig.serve(Rig.CLIENT, request)).isEqualTo(once);
              disturb();
            }
            return Optional.of(request);
          };
      assertThat(rig.put(client(), "0")).isEqualTo(Code.CHANGED);
      assertThat(rig.events(HandshakeEvent.Completed.class)).hasSize(2);
      assertThat(rig.edhoc.contexts().all()).hasSize(1);
    }

    /** Forged messages and errors of every kind to every session. */
    private void disturb() {
      for (int id = 0; id < 0x38; id++) {
        ConnectionId cI = ConnectionId.of(id);
        for (String forged : new String[] {"4100", "48" + "00".repeat(8)}) {
          var unused = rig.post(Rig.CLIENT, new EdhocBody.Next(cI, Bytes.hex(forged)));
        }
        var unused = rig.post(Rig.CLIENT, new EdhocBody.Failure(cI, Bytes.hex("0161" + "78")));
        unused = rig.post(Rig.CLIENT, new EdhocBody.Failure(cI, Bytes.hex("18ff")));
      }
    }

    @Test
    @Tag("LK-096")
    @Tag("LK-098")
    void isNotEndedByAForgedDemandForAnotherSuite() {
      Rig two =
          new Rig(
              EdhocServerConfig.builder(
                      Parties.settings(Parties.SERVER, Parties.suites(0, 1), Parties.CLIENT)
                          .build(),
                      Parties.rules())
                  .reverse(Method.DH_DH)
                  .build());
      two.onRequest =
          request -> {
            if (two.sent.size() == 2) {
              for (int id = 0; id < 0x38; id++) {
                demand(two, id);
              }
            }
            return Optional.of(request);
          };
      EdhocClientConfig config =
          EdhocClientConfig.reverse(
                  Parties.settings(Parties.CLIENT, Parties.suites(0, 1), Parties.SERVER).build(),
                  Parties.rules())
              .build();
      assertThat(two.put(new ContextOnDemand(two.client(config)), "0")).isEqualTo(Code.CHANGED);
    }

    /** From the client's address and from another, several times. */
    private void demand(Rig two, int id) {
      Bytes error = new EdhocError.WrongSuite(SuitesField.of(1)).encoded();
      EdhocBody body = new EdhocBody.Failure(ConnectionId.of(id), error);
      for (int i = 0; i < 3; i++) {
        var unused = two.post(Rig.CLIENT, body);
        unused = two.post(Peer.of(Bytes.of(10, 0, 0, 1), 1), body);
      }
    }

    @Test
    @Tag("LK-097")
    @Tag("LK-098")
    void isNotEndedByAFloodOfForgedMessage2WhichCostsLittle() {
      Rig flooded = new Rig(Rig.serverConfig().reverse(Method.DH_DH).build());
      flooded.onRequest =
          request -> {
            if (flooded.sent.size() == 2) {
              Bytes cI = cI(flooded.given.get(0));
              for (int i = 0; i < 1000; i++) {
                // X25519 takes any coordinate.
                Bytes forged = Bytes.hex("582d" + "09".repeat(45));
                Peer from = Peer.of(Bytes.of(10, 0, i >> 8, i), 5683);
                var unused = flooded.post(from, new EdhocBody.Next(new ConnectionId(cI), forged));
              }
            }
            return Optional.of(request);
          };
      EdhocClientConfig config =
          EdhocClientConfig.reverse(
                  Parties.settings(Parties.CLIENT, Parties.SERVER).build(), Parties.rules())
              .build();
      assertThat(flooded.put(new ContextOnDemand(flooded.client(config)), "0"))
          .isEqualTo(Code.CHANGED);
      assertThat(flooded.events(HandshakeEvent.MessageRejected.class)).hasSizeLessThan(70);
    }

    private static Bytes cI(Response message1) {
      try {
        return Message1.decode(message1.payload()).cI().bytes();
      } catch (EdhocException none) {
        throw new AssertionError(none);
      }
    }

    @Test
    void takesNoCombinedRequest() {
      Rig both = new Rig(Rig.serverConfig().reverse(Method.DH_DH).build());
      Bytes message1 = both.post(Rig.CLIENT, new EdhocBody.Trigger()).payload();
      ResponderStep step =
          ResponderRun.receive(
              Parties.settings(Parties.CLIENT, Parties.SERVER).build(),
              message1,
              cI -> ConnectionId.of(0x99, 0x99),
              new InsecureSeededRandom(5));
      Bytes message2 = ((ResponderStep.SendMessage2) step).message2();
      Bytes kid = cI(both.given.get(0));
      Request combined =
          Request.to(Rig.SERVER, Code.POST, "/")
              .with(new Option(OptionNumber.EDHOC, Bytes.empty()))
              .with(new Option(OptionNumber.OSCORE, Bytes.of(0x09, 0).plus(kid)))
              .withPayload(message2.plus(Bytes.hex("00112233445566778899")));
      assertThat(both.serve(Rig.CLIENT, combined).code()).isEqualTo(Code.BAD_REQUEST);
      assertThat(both.edhoc.contexts().all()).isEmpty();
      assertThat(both.edhoc.halfOpen()).isEqualTo(1);
    }

    @Test
    @Tag("LK-018")
    void beginsOneHandshakeForEachClient() {
      Response first = rig.post(Rig.CLIENT, new EdhocBody.Trigger());
      assertThat(rig.post(Rig.CLIENT, new EdhocBody.Trigger())).isEqualTo(first);
      Peer other = Peer.of(Bytes.of(10, 0, 0, 1), 1);
      assertThat(rig.post(other, new EdhocBody.Trigger())).isNotEqualTo(first);
      assertThat(rig.edhoc.halfOpen()).isEqualTo(2);
      assertThat(EdhocMessages.isMessage(first)).isTrue();
    }
  }

  @Test
  void aConcludedHandshakeHasNoFirstAnswer() {
    Concluded concluded = new Concluded(Bytes.of(1), EdhocMessages.done(), true);
    assertThatThrownBy(concluded::firstAnswer).isInstanceOf(IllegalStateException.class);
    assertThat(concluded.beganWith(Rig.CLIENT, Bytes.of(1))).isFalse();
    concluded.close();
  }
}
