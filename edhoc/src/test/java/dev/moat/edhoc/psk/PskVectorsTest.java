package dev.moat.edhoc.psk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.cose.CoseException;
import dev.moat.cose.credential.SymmetricClaims;
import dev.moat.crypto.DhCurve;
import dev.moat.crypto.DhPrivateKey;
import dev.moat.crypto.KeyMaterialException;
import dev.moat.edhoc.EdhocException;
import dev.moat.edhoc.EdhocException.Reason;
import dev.moat.edhoc.Role;
import dev.moat.edhoc.auth.KeyUse;
import dev.moat.edhoc.auth.Terms;
import dev.moat.edhoc.initiator.AwaitingMessage4;
import dev.moat.edhoc.message.ConnectionId;
import dev.moat.edhoc.message.EadItems;
import dev.moat.edhoc.message.SuitesField;
import dev.moat.edhoc.responder.VerifiedMessage3;
import dev.moat.edhoc.session.EdhocSession;
import dev.moat.edhoc.suite.EdhocHash;
import dev.moat.edhoc.suite.Method;
import dev.moat.testkit.Vectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The test vectors of draft-ietf-lake-edhoc-psk. */
class PskVectorsTest {
  private final PskPair pair = new PskPair(2);
  private final JsonNode vector =
      Vectors.load("edhoc-psk.json", node -> node).stream().findFirst().orElseThrow();
  private final JsonNode values = vector.path("values");

  @Test
  @Tag("LK-022")
  void sendsThePublishedMessagesAndDerivesThePublishedKeys() throws Exception {
    PskAwaitingMessage2 begun = begin();
    PskAwaitingMessage3 answered = answer(begun.message1());
    AwaitingMessage4 initiator =
        begun.receive(answered.message2()).message3(ownOfInitiator(), EadItems.none());
    VerifiedMessage3 responder = answered.receive(initiator.message3()).verify(ownOfResponder());
    Bytes message4 = responder.message4(EadItems.none());
    assertThat(initiator.receive(message4).isEmpty()).isTrue();

    assertThat(begun.message1()).isEqualTo(hex("message_1"));
    assertThat(answered.message2()).isEqualTo(hex("message_2"));
    assertThat(initiator.message3()).isEqualTo(hex("message_3"));
    assertThat(message4).isEqualTo(hex("message_4"));
    for (EdhocSession session : new EdhocSession[] {initiator.session(), responder.session()}) {
      assertThat(session.th4().value()).isEqualTo(hex("TH_4"));
      assertSecret(session.prkOutForStorage(), "PRK_out");
      assertSecret(session.exporter(0, Bytes.empty(), 16), "OSCORE_Master_Secret");
      assertSecret(session.exporter(1, Bytes.empty(), 8), "OSCORE_Master_Salt");
    }
  }

  @Test
  @Tag("LK-058")
  void derivesThePublishedKeyForResumption() throws Exception {
    PskAwaitingMessage2 begun = begin();
    PskAwaitingMessage3 answered = answer(begun.message1());
    AwaitingMessage4 initiator =
        begun.receive(answered.message2()).message3(ownOfInitiator(), EadItems.none());
    VerifiedMessage3 responder = answered.receive(initiator.message3()).verify(ownOfResponder());
    try (PskCredential next = PskResumption.after(responder.session(), ownOfResponder())) {
      assertThat(next.idCred().kid()).contains(hex("rKID"));
      assertSecret(next.psk(), "rPSK");
      assertThat(next.hash()).isEqualTo(EdhocHash.SHA_256);
    }
  }

  @Test
  void keepsToTheVectorsWhereTheTextHasTheWholeMap() throws Exception {
    PskAwaitingMessage2 begun = begin();
    PskAwaitingMessage3 answered = answer(begun.message1());
    Bytes byTheText = Bytes.hex(vector.path("values_if_full_map").path("message_3").asText());
    PskUnverifiedMessage3 received = answered.receive(byTheText);
    assertThat(received.claimedIdCredPsk().encoded()).isEqualTo(hex("ID_CRED_PSK_cbor"));
    PskCredential own = ownOfResponder();
    EdhocException refused = catchThrowableOfType(EdhocException.class, () -> received.verify(own));
    assertThat(refused.reason()).isEqualTo(Reason.DECRYPTION_FAILED);
  }

  @Test
  void takesClaimsSetsAsTheyAreProvisioned() throws CoseException {
    try (PskCredential made =
        PskCredential.external(
            hex("ID_CRED_PSK_cbor").slice(3, 5),
            secret("PSK"),
            "initiator",
            "responder",
            EdhocHash.SHA_256)) {
      Bytes both = hex("CRED_I_cbor").plus(hex("CRED_R_cbor"));
      assertThat(made.<Bytes>lendCredentials(Role.INITIATOR, lent -> Bytes.empty().plus(lent)))
          .isEqualTo(both);
    }
  }

  private PskAwaitingMessage2 begin() throws KeyMaterialException {
    Terms terms = new Terms(PskPair.PRIMITIVES, Method.PSK, pair.suite, KeyUse.OSCORE);
    return new PskInitiatorStart(terms, SuitesField.of(2))
        .message1(new ConnectionId(hex("C_I")), EadItems.none(), ephemeral("X"));
  }

  private PskAwaitingMessage3 answer(Bytes message1) throws EdhocException, KeyMaterialException {
    return pair.receive(message1)
        .message2(new ConnectionId(hex("C_R")), EadItems.none(), ephemeral("Y"));
  }

  private PskCredential ownOfInitiator() throws CoseException {
    return claims("CRED_I_cbor", "CRED_R_cbor");
  }

  private PskCredential ownOfResponder() throws CoseException {
    return claims("CRED_R_cbor", "CRED_I_cbor");
  }

  private PskCredential claims(String own, String peer) throws CoseException {
    try (SymmetricClaims ownClaims = SymmetricClaims.decode(secret(own));
        SymmetricClaims peerClaims = SymmetricClaims.decode(secret(peer))) {
      return PskCredential.ofClaims(ownClaims, peerClaims, EdhocHash.SHA_256);
    }
  }

  private DhPrivateKey ephemeral(String name) throws KeyMaterialException {
    return PskPair.PRIMITIVES.curves().privateKey(DhCurve.P_256, secret(name));
  }

  private SecretBytes secret(String name) {
    return SecretBytes.copyOf(hex(name).toArray());
  }

  private void assertSecret(SecretBytes actual, String name) {
    assertThat(actual.<Bytes>use(Bytes::copyOf)).isEqualTo(hex(name));
  }

  private Bytes hex(String name) {
    return Bytes.hex(values.path(name).asText());
  }
}
