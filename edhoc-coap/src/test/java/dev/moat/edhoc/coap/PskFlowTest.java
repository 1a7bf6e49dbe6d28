package dev.moat.edhoc.coap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.coap.message.Code;
import dev.moat.coap.service.Peer;
import dev.moat.edhoc.coap.client.EdhocClientConfig;
import dev.moat.edhoc.coap.server.EdhocServerConfig;
import dev.moat.edhoc.message.ConnectionId;
import dev.moat.edhoc.psk.PskCredential;
import dev.moat.edhoc.run.EdhocSettings;
import dev.moat.edhoc.run.PskStore;
import dev.moat.edhoc.run.ResponderRun;
import dev.moat.edhoc.run.ResponderStep;
import dev.moat.edhoc.suite.EdhocHash;
import dev.moat.edhoc.suite.Method;
import dev.moat.oscore.rekey.ContextOnDemand;
import dev.moat.testkit.Seeded;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Method 4 over CoAP. */
class PskFlowTest {
  private static ContextOnDemand context(Rig rig, EdhocClientConfig.Builder config) {
    return new ContextOnDemand(rig.client(config.build()));
  }

  private static void assertOneContext(Rig rig) {
    assertThat(rig.events(HandshakeEvent.Completed.class)).hasSize(2);
    assertThat(rig.edhoc.contexts().all()).hasSize(1);
    assertThat(rig.edhoc.halfOpen()).isZero();
  }

  private EdhocSettings settings(String own, String peer) {
    SecretBytes psk = SecretBytes.copyOf(new byte[32]);
    return EdhocSettings.builder(Parties.PRIMITIVES, Parties.suites(0), Set.of(Method.PSK))
        .psks(PskStore.of(PskCredential.external(Bytes.of(9), psk, own, peer, EdhocHash.SHA_256)))
        .build();
  }

  private EdhocSettings settings(int... kids) {
    SecretBytes psk = SecretBytes.copyOf(new byte[32]);
    PskCredential[] keys =
        Arrays.stream(kids)
            .mapToObj(
                kid ->
                    PskCredential.external(
                        Bytes.of(kid), psk, "server", "client", EdhocHash.SHA_256))
            .toArray(PskCredential[]::new);
    return EdhocSettings.builder(Parties.PRIMITIVES, Parties.suites(0), Set.of(Method.PSK))
        .psks(PskStore.of(keys))
        .build();
  }

  private EdhocClientConfig.Builder client(int kid) {
    SecretBytes psk = SecretBytes.copyOf(new byte[32]);
    PskCredential key =
        PskCredential.external(Bytes.of(kid), psk, "client", "server", EdhocHash.SHA_256);
    EdhocSettings own =
        EdhocSettings.builder(Parties.PRIMITIVES, Parties.suites(0), Set.of(Method.PSK))
            .psks(PskStore.of(key))
            .build();
    return EdhocClientConfig.forward(own, Parties.rules(), Method.PSK);
  }

  @Test
  void leavesTheContextsOfPeersWithOtherKeys() {
    Rig rig =
        new Rig(
            EdhocServerConfig.builder(settings(8, 9), Parties.rules()).contextsPerPeer(1).build());
    ContextOnDemand first = context(rig, client(8));
    assertThat(rig.put(first, "0")).isEqualTo(Code.CHANGED);
    assertThat(rig.put(context(rig, client(9)), "1")).isEqualTo(Code.CHANGED);
    assertThat(rig.edhoc.contexts().all()).hasSize(2);
    int sent = rig.sent.size();
    assertThat(rig.put(first, "2")).isEqualTo(Code.CHANGED);
    assertThat(rig.sent).hasSize(sent + 1);
    assertThat(rig.put(context(rig, client(9)), "3")).isEqualTo(Code.CHANGED);
    assertThat(rig.edhoc.contexts().all()).hasSize(2);
  }

  @Test
  @Tag("LK-097")
  @Tag("LK-098")
  void isNotCrowdedOutByStrangersInTheReverseFlow() {
    Rig rig =
        new Rig(
            EdhocServerConfig.builder(settings(9), Parties.rules()).reverse(Method.PSK).build());
    ContextOnDemand genuine = context(rig, client(9));
    assertThat(rig.put(genuine, "0")).isEqualTo(Code.CHANGED);
    for (int i = 0; i < 20; i++) {
      Peer stranger = Peer.of(Bytes.of(10, 0, 0, i), 5683);
      Bytes message1 = rig.post(stranger, new EdhocBody.Trigger()).payload();
      ResponderStep.SendMessage2 second =
          (ResponderStep.SendMessage2)
              ResponderRun.receive(
                  settings(), message1, cI -> ConnectionId.of(0x99, 0x99), Seeded.random());
      EdhocBody next = new EdhocBody.Next(second.run().cI(), second.message2());
      assertThat(rig.post(stranger, next).code()).isEqualTo(Code.CHANGED);
    }
    int sent = rig.sent.size();
    assertThat(rig.put(genuine, "1")).isEqualTo(Code.CHANGED);
    assertThat(rig.sent).hasSize(sent + 1);
    assertThat(rig.edhoc.contexts().all()).hasSizeLessThan(20);
  }

  @Test
  void establishesContextsInBothFlowsAndCombined() {
    EdhocSettings client = settings("client", "server");
    List<EdhocClientConfig.Builder> ways =
        List.of(
            EdhocClientConfig.forward(client, Parties.rules(), Method.PSK),
            EdhocClientConfig.forward(client, Parties.rules(), Method.PSK).combined(),
            EdhocClientConfig.reverse(client, Parties.rules()));
    for (EdhocClientConfig.Builder way : ways) {
      Rig rig =
          new Rig(
              EdhocServerConfig.builder(settings("server", "client"), Parties.rules())
                  .reverse(Method.PSK)
                  .build());
      assertThat(rig.put(context(rig, way), "0")).isEqualTo(Code.CHANGED);
      assertOneContext(rig);
    }
  }
}
