package dev.moat.edhoc.coap.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.service.Arrival;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Reply;
import dev.moat.coap.service.Request;
import dev.moat.coap.service.Response;
import dev.moat.edhoc.coap.EdhocBody;
import dev.moat.edhoc.coap.EdhocMessages;
import dev.moat.edhoc.coap.HandshakeEvent;
import dev.moat.edhoc.coap.HandshakeException;
import dev.moat.edhoc.coap.Parties;
import dev.moat.edhoc.coap.Rig;
import dev.moat.edhoc.coap.client.EdhocClientConfig;
import dev.moat.edhoc.message.ConnectionId;
import dev.moat.edhoc.suite.Method;
import dev.moat.engine.freshness.FreshSince;
import dev.moat.oscore.context.ContextParameters;
import dev.moat.oscore.context.ContextTable;
import dev.moat.oscore.context.SecurityContext;
import dev.moat.oscore.rekey.ContextOnDemand;
import dev.moat.oscore.rekey.FreshContexts;
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
