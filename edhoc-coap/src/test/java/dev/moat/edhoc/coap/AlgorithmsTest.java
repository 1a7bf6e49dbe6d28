package dev.moat.edhoc.coap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.coap.message.Code;
import dev.moat.crypto.AeadAlgorithm;
import dev.moat.crypto.HashAlgorithm;
import dev.moat.edhoc.coap.client.EdhocClientConfig;
import dev.moat.edhoc.coap.server.EdhocServerConfig;
import dev.moat.edhoc.session.EdhocSession;
import dev.moat.edhoc.suite.CipherSuite;
import dev.moat.edhoc.suite.EdhocHash;
import dev.moat.edhoc.suite.Method;
import dev.moat.oscore.context.ContextTable;
import dev.moat.oscore.context.KeyUsageLimits;
import dev.moat.oscore.context.SecurityContext;
import dev.moat.oscore.rekey.ContextOnDemand;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which algorithms a context has that comes of a handshake (RFC 9528, Sections 3.6 and A.1). */
class AlgorithmsTest {
  private final RecipientIds clientIds = new RecipientIds(new ContextTable());

  private void run(Rig rig, EdhocClientConfig.Builder config) {
    ContextOnDemand context = new ContextOnDemand(rig.client(config.ids(clientIds).build()));
    assertThat(rig.put(context, "0")).isEqualTo(Code.CHANGED);
  }

  private SecurityContext atClient() {
    assertThat(clientIds.contexts().all()).hasSize(1);
    return clientIds.contexts().all().get(0);
  }

  private static SecurityContext atServer(Rig rig) {
    assertThat(rig.edhoc.contexts().all()).hasSize(1);
    return rig.edhoc.contexts().all().get(0);
  }

  /** The application's columns of the table in RFC 9528, Section 10.2. */
  @ParameterizedTest
  @CsvSource({
    "0, AES_CCM_16_64_128, SHA_256",
    "1, AES_CCM_16_64_128, SHA_256",
    "2, AES_CCM_16_64_128, SHA_256",
    "3, AES_CCM_16_64_128, SHA_256",
    "4, CHACHA20_POLY1305, SHA_256",
    "5, CHACHA20_POLY1305, SHA_256",
    "6, AES_GCM_128, SHA_256",
    "24, AES_GCM_256, SHA_384",
  })
  @Tag("LK-007")
  void bothContextsHaveThoseOfTheSuitesApplication(
      int suite, AeadAlgorithm aead, HashAlgorithm hash) {
    People people = People.of(0, suite);
    Rig rig = new Rig(EdhocServerConfig.of(people.asResponder().build(), Parties.rules()));
    run(
        rig,
        EdhocClientConfig.forward(people.asInitiator().build(), Parties.rules(), people.method));
    for (SecurityContext context : List.of(atClient(), atServer(rig))) {
      assertThat(context.aead()).isEqualTo(aead);
      assertThat(context.hkdf()).isEqualTo(hash);
    }
  }

  /** COSE algorithm 10 for the application, though messages have 30. */
  @Test
  @Tag("LK-007")
  void suite3HasAnotherAlgorithmForTheApplicationThanForItsMessages() {
    People people = People.of(0, 3);
    assertThat(people.suite.aead()).isEqualTo(AeadAlgorithm.AES_CCM_16_128_128);
    Rig rig = new Rig(EdhocServerConfig.of(people.asResponder().build(), Parties.rules()));
    run(
        rig,
        EdhocClientConfig.forward(people.asInitiator().build(), Parties.rules(), people.method));
    assertThat(atServer(rig).aead()).isEqualTo(AeadAlgorithm.AES_CCM_16_64_128);
    assertThat(atClient().aead()).isEqualTo(AeadAlgorithm.AES_CCM_16_64_128);
  }

  /** Each prefers another algorithm than the one that the session has agreed on. */
  @Test
  @Tag("LK-008")
  void followTheSessionAndNoPreferenceOfAnEnd() {
    Rig rig =
        new Rig(
            EdhocServerConfig.of(
                Parties.settings(Parties.SERVER, Parties.suites(6, 0), Parties.CLIENT).build(),
                Parties.rules()));
    run(
        rig,
        EdhocClientConfig.forward(
            Parties.settings(Parties.CLIENT, Parties.suites(4, 0), Parties.SERVER).build(),
            Parties.rules(),
            Method.DH_DH));
    assertThat(atClient().aead()).isEqualTo(AeadAlgorithm.AES_CCM_16_64_128);
    assertThat(atServer(rig).aead()).isEqualTo(AeadAlgorithm.AES_CCM_16_64_128);
  }

  /** No rule of an end names an algorithm, and none that there is changes the keys. */
  @Test
  @Tag("LK-008")
  void nothingLocalChangesThem() throws Exception {
    List<EdhocSession> sessions = new ArrayList<>();
    People people = People.of(3, 4);
    Rig rig = new Rig(EdhocServerConfig.of(people.asResponder().build(), Parties.rules()));
    run(
        rig,
        EdhocClientConfig.forward(people.asInitiator().build(), Parties.rules(), people.method)
            .sessions((peer, session) -> sessions.add(session)));
    ContextRules other =
        Parties.rules().withReplayWindow(64).withKeyUsageLimits(new KeyUsageLimits(5, 6, 7));
    try (EdhocSession session = sessions.get(0);
        SecurityContext made = EdhocContexts.establish(session, other)) {
      assertThat(made.fingerprint()).isEqualTo(atClient().fingerprint());
      assertThat(made.aead()).isEqualTo(AeadAlgorithm.CHACHA20_POLY1305);
    }
    assertThat(ContextRules.class.getRecordComponents())
        .extracting(RecordComponent::getType)
        .doesNotContain(
            AeadAlgorithm.class, HashAlgorithm.class, EdhocHash.class, CipherSuite.class);
  }
}
