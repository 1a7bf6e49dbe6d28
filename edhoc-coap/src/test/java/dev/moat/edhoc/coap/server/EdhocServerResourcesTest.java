package dev.moat.edhoc.coap.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.moat.bytes.Bytes;
import dev.moat.coap.service.EventSink;
import dev.moat.cose.credential.Credential;
import dev.moat.cose.credential.IdCred;
import dev.moat.cose.key.KeyCurve;
import dev.moat.cose.key.PrivateKey;
import dev.moat.edhoc.auth.Identity;
import dev.moat.edhoc.coap.Parties;
import dev.moat.edhoc.coap.RecipientIds;
import dev.moat.edhoc.coap.Rig;
import dev.moat.edhoc.suite.Method;
import dev.moat.engine.resource.OptOut;
import dev.moat.engine.resource.Resource;
import dev.moat.oscore.context.ContextTable;
import dev.moat.testkit.InsecureSeededRandom;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the resources of a server say of themselves (RFC 9668, Section 6). */
class EdhocServerResourcesTest {
  private static Resource resource(EdhocServerConfig config) {
    return server(config).resources().get(0);
  }

  private static EdhocServer server(EdhocServerConfig config) {
    return new EdhocServer(
        config,
        new RecipientIds(new ContextTable()),
        new InsecureSeededRandom(5),
        () -> Rig.NOW,
        EventSink.NONE);
  }

  @Test
  void whatAnEdhocResourceGivesUpIsNoDecisionOfTheOperators() {
    Resource resource = resource(Rig.serverConfig().build());
    assertThat(resource.optOuts()).hasSize(2).allMatch(EdhocServer::isInherent);
    assertThat(EdhocServer.isInherent(new OptOut("not an actuator", "counts visitors"))).isFalse();
  }

  @Test
  void linksTellTheFlowsThatAreTaken() {
    Resource plain = resource(Rig.serverConfig().withoutCombined().build());
    assertThat(plain.attributes()).containsKey("ed-r").doesNotContainKeys("ed-i", "ed-comb-req");
    EdhocServerConfig reverse = Rig.serverConfig().reverseOnly(Method.DH_DH).build();
    assertThat(resource(reverse).attributes()).containsKey("ed-i").doesNotContainKey("ed-r");
  }

  /** C509 has no number in the registry of RFC 9668, Section 8.3, yet. */
  @Test
  void linksTellOnlyTypesOfCredentialsThatAreRegistered() throws Exception {
    PrivateKey key =
        PrivateKey.generate(
            KeyCurve.X25519, Parties.PRIMITIVES.curves(), new InsecureSeededRandom(6));
    Identity c509 =
        Identity.staticDh(
            IdCred.c5u("coap://example.org/c"),
            Credential.c509(Bytes.hex("8100"), key.publicKey()),
            key.agreement(Parties.PRIMITIVES.curves()));
    EdhocServerConfig config =
        EdhocServerConfig.builder(
                Parties.settings(Parties.SERVER, Parties.CLIENT).identities(c509).build(),
                Parties.rules())
            .build();
    assertThat(resource(config).attributes().getOrDefault("ed-cred-t", List.of()))
        .doesNotContain("3", "4");
    assertThat(resource(config).attributes().get("ed-idcred-t")).contains("23");
  }

  @Test
  void anotherResourceForEachPath() {
    EdhocServerConfig config = Rig.serverConfig().paths("/e", "/.well-known/edhoc").build();
    assertThat(server(config).resources()).hasSize(2);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Rig.serverConfig().contextsPerPeer(0))
        .withMessageContaining("at least one context");
  }
}
