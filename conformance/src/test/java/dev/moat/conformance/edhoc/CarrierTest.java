package dev.moat.conformance.edhoc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.edhoc.psk.PskCredential;
import dev.moat.edhoc.run.EdhocSettings;
import dev.moat.edhoc.run.PskStore;
import dev.moat.edhoc.suite.CipherSuite;
import dev.moat.edhoc.suite.CipherSuites;
import dev.moat.edhoc.suite.EdhocHash;
import dev.moat.edhoc.suite.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The same handshakes whatever carries them (RFC 9528, Section 3.4): over CoAP, and over a byte
 * pipe, which shows that nothing in the state machines rests on CoAP.
 */
@ParameterizedClass
@EnumSource
@Timeout(60)
class CarrierTest {
  @Parameter Carrier carrier;

  private static void assertAgreed(Carrier.Ending ending) {
    assertThat(ending.initiator()).isPresent();
    assertThat(ending.responder()).isPresent();
    Honest.assertEqual(ending.initiator().get(), ending.responder().get());
  }

  @Test
  @Tag("LK-021")
  void everyMethodWithPublicKeysAgrees() throws Exception {
    for (int method = 0; method <= 3; method++) {
      Cast cast = Cast.of(method, 2);
      assertAgreed(carrier.run(Honest.alice(cast), Honest.bob(cast), cast.method()));
    }
  }

  @Test
  @Tag("LK-021")
  void aPreSharedKeyAgrees() throws Exception {
    assertAgreed(carrier.run(sharing("alice", "bob"), sharing("bob", "alice"), Method.PSK));
  }

  private static EdhocSettings sharing(String own, String peer) {
    SecretBytes psk = SecretBytes.copyOf(new byte[32]);
    return EdhocSettings.builder(Cast.PRIMITIVES, suites(0), Set.of(Method.PSK))
        .psks(PskStore.of(PskCredential.external(Bytes.of(9), psk, own, peer, EdhocHash.SHA_256)))
        .message4()
        .build();
  }

  private static List<CipherSuite> suites(int... values) {
    return Arrays.stream(values).mapToObj(value -> CipherSuites.standard().require(value)).toList();
  }

  @Test
  @Tag("LK-021")
  void anotherSuiteIsNegotiated() throws Exception {
    Cast cast = Cast.of(3, 0);
    EdhocSettings alice =
        EdhocSettings.builder(Cast.PRIMITIVES, suites(1, 0), Set.of(cast.method()))
            .identities(Honest.identity(cast.alice()))
            .peers(Honest.trusting(cast.bob()))
            .message4()
            .build();
    Carrier.Ending ending = carrier.run(alice, Honest.bob(cast), cast.method());
    assertAgreed(ending);
    assertThat(ending.initiator().orElseThrow().suite()).isEqualTo(cast.suite());
  }

  @Test
  @Tag("LK-021")
  void longMessagesArriveWhole() throws Exception {
    Cast cast = Cast.of(0, 0);
    assertAgreed(
        carrier.run(
            Honest.settings(cast, cast.alice(), cast.bob()).padding(3000).build(),
            Honest.settings(cast, cast.bob(), cast.alice()).padding(3000).build(),
            cast.method()));
  }

  @Test
  @Tag("LK-021")
  void whoIsNotKnownGetsNoSession() throws Exception {
    Cast cast = Cast.of(3, 0);
    EdhocSettings wary = Honest.settings(cast, cast.bob(), cast.mallory()).build();
    Carrier.Ending ending = carrier.run(Honest.alice(cast), wary, cast.method());
    assertThat(ending.initiator()).isEmpty();
    assertThat(ending.responder()).isEmpty();
  }
}
