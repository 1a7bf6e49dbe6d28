package dev.moat.edhoc.coap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.service.Outcome;
import dev.moat.coap.service.Peer;
import dev.moat.coap.service.Response;
import dev.moat.edhoc.coap.client.EdhocClientConfig;
import dev.moat.edhoc.coap.server.EdhocServerConfig;
import dev.moat.edhoc.message.ConnectionId;
import dev.moat.edhoc.run.EdhocSettings;
import dev.moat.edhoc.run.InitiatorRun;
import dev.moat.edhoc.run.InitiatorStep.SendMessage3;
import dev.moat.edhoc.suite.Method;
import dev.moat.oscore.rekey.ContextOnDemand;
import dev.moat.testkit.InsecureSeededRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Messages that come late, early or in the place of others (RFC 9528, Section 3.4). */
class OrderTest {
  private static EdhocSettings.Builder client() {
    return Parties.settings(Parties.CLIENT, Parties.SERVER);
  }

  private static EdhocClientConfig.Builder forward(EdhocSettings.Builder settings) {
    return EdhocClientConfig.forward(settings.build(), Parties.rules(), Method.DH_DH);
  }

  private static ContextOnDemand context(Rig rig, EdhocClientConfig.Builder config) {
    return new ContextOnDemand(rig.client(config.build()));
  }

  @Nested
  class AtTheClient {
    @Test
    @Tag("LK-017")
    void aMessage2OfAnEarlierRunIsNotAccepted() {
      Rig rig = Rig.standard();
      ContextOnDemand context = context(rig, forward(client()));
      assertThat(rig.put(context, "0")).isEqualTo(Code.CHANGED);
      Response late = rig.given.get(0);
      // Alone it leads nowhere.
      rig.onResponse = response -> List.of(late);
      ContextOnDemand other = context(rig, forward(client()));
      assertThat(rig.send(other, Code.PUT, "1")).isInstanceOf(Outcome.NotDelivered.class);
      // Ahead of the genuine one it does no harm.
      rig.onResponse = response -> List.of(late, response);
      assertThat(rig.put(other, "2")).isEqualTo(Code.CHANGED);
      assertThat(rig.moved).containsExactly("0", "2");
      assertThat(rig.events(HandshakeEvent.MessageRejected.class)).isNotEmpty();
    }

    @Test
    @Tag("LK-017")
    void aMessage2AgainIsNoMessage4() {
      Rig rig =
          new Rig(
              EdhocServerConfig.of(
                  Parties.settings(Parties.SERVER, Parties.CLIENT).message4().build(),
                  Parties.rules()));
      ContextOnDemand context = context(rig, forward(client().message4()));
      rig.onResponse = response -> List.of(rig.given.get(0));
      assertThat(rig.send(context, Code.PUT, "0")).isInstanceOf(Outcome.NotDelivered.class);
      int before = rig.given.size();
      rig.onResponse = response -> List.of(rig.given.get(before), response);
      assertThat(rig.put(context, "1")).isEqualTo(Code.CHANGED);
      assertThat(rig.moved).containsExactly("1");
    }

    @Test
    @Tag("LK-017")
    void aMessage3OfAnEarlierRunIsNotAcceptedInTheReverseFlow() {
      Rig rig = new Rig(Rig.serverConfig().reverse(Method.DH_DH).build());
      EdhocClientConfig.Builder config =
          EdhocClientConfig.reverse(client().build(), Parties.rules());
      assertThat(rig.put(context(rig, config), "0")).isEqualTo(Code.CHANGED);
      Response late = rig.given.get(1);
      int before = rig.given.size();
      rig.onResponse =
          response -> rig.given.size() == before + 2 ? List.of(late) : List.of(response);
      ContextOnDemand other = context(rig, config);
      assertThat(rig.send(other, Code.PUT, "1")).isInstanceOf(Outcome.NotDelivered.class);
      rig.onResponse = response -> List.of(late, response);
      // message_1 cannot be verified: a late message in its place costs the attempt.
      assertThat(rig.send(other, Code.PUT, "2")).isInstanceOf(Outcome.NotDelivered.class);
      int next = rig.given.size();
      rig.onResponse =
          response -> rig.given.size() == next + 2 ? List.of(late, response) : List.of(response);
      assertThat(rig.put(other, "3")).isEqualTo(Code.CHANGED);
      assertThat(rig.moved).containsExactly("0", "3");
    }
  }

  @Nested
  class AtTheServer {
    private final Rig rig = Rig.standard();
    private final InsecureSeededRandom random = new InsecureSeededRandom(17);

    /** A run that has its message_2, and its message_3 under way. */
    private final class Begun {
      final Peer from;
      final InitiatorRun run;
      final Bytes message3;
      final ConnectionId cR;

      Begun(int number) {
        from = Peer.of(Bytes.of(10, 0, 0, number), 5683);
        run = InitiatorRun.begin(client().build(), Method.DH_DH, ConnectionId.of(number), random);
        Response second = rig.post(from, new EdhocBody.First(run.message1()));
        SendMessage3 third = (SendMessage3) run.onMessage2(second.payload(), Rig.NOW);
        message3 = third.message3();
        cR = third.session().cR();
      }

      Response post(Bytes message) {
        return rig.post(from, new EdhocBody.Next(cR, message));
      }
    }

    private void assertRefused(Response response) {
      assertThat(response.code()).isEqualTo(Code.BAD_REQUEST);
      assertThat(EdhocMessages.isError(response)).isTrue();
    }

    @Test
    @Tag("LK-017")
    void messages3OfTwoRunsAreNotAcceptedForEachOther() {
      Begun one = new Begun(1);
      Begun two = new Begun(2);
      assertRefused(one.post(two.message3));
      assertRefused(two.post(one.message3));
      assertThat(rig.edhoc.contexts().all()).isEmpty();
      // Both sessions wait for their own, in whatever order it comes.
      assertThat(two.post(two.message3).code()).isEqualTo(Code.CHANGED);
      assertThat(one.post(one.message3).code()).isEqualTo(Code.CHANGED);
      assertThat(rig.edhoc.contexts().all()).hasSize(2);
    }

    @Test
    @Tag("LK-017")
    void aLateMessage3MakesNoSecondContextAndEndsNoOtherSession() {
      Begun ended = new Begun(1);
      assertThat(ended.post(ended.message3).code()).isEqualTo(Code.CHANGED);
      Begun next = new Begun(2);
      assertThat(ended.post(ended.message3).code()).isEqualTo(Code.CHANGED);
      assertRefused(next.post(ended.message3));
      assertThat(rig.events(HandshakeEvent.Completed.class)).hasSize(1);
      assertThat(next.post(next.message3).code()).isEqualTo(Code.CHANGED);
      assertThat(rig.edhoc.contexts().all()).hasSize(2);
    }

    @Test
    @Tag("LK-017")
    void aMessageInTheWrongStateIsRefused() {
      Begun begun = new Begun(1);
      List<Response> refusals = new ArrayList<>();
      // message_1 begins as an error message does: that is heard, and ends nothing.
      assertThat(begun.post(begun.run.message1()).payload().isEmpty()).isTrue();
      // message_2 where message_3 is due; message_3 where message_1 is.
      refusals.add(begun.post(rig.given.get(0).payload()));
      refusals.add(rig.post(begun.from, new EdhocBody.First(begun.message3)));
      // message_3 of a session that this server does not know, as if it had come first.
      refusals.add(Rig.standard().post(begun.from, new EdhocBody.Next(begun.cR, begun.message3)));
      assertThat(refusals).allSatisfy(this::assertRefused);
      assertThat(rig.edhoc.contexts().all()).isEmpty();
      assertThat(begun.post(begun.message3).code()).isEqualTo(Code.CHANGED);
      assertThat(rig.edhoc.contexts().all()).hasSize(1);
    }
  }
}
