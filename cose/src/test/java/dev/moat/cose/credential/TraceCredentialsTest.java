package dev.moat.cose.credential;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moat.bytes.Bytes;
import dev.moat.cose.CoseException;
import dev.moat.cose.key.PublicKey;
import dev.moat.crypto.JdkCrypto;
import dev.moat.testkit.Vectors;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** CRED_x and ID_CRED_x of every trace, RFC 9529's first. */
class TraceCredentialsTest {
  private static final JdkCrypto CRYPTO = JdkCrypto.create();

  static List<Party> parties() {
    List<Party> parties = new ArrayList<>();
    for (String file : List.of("edhoc-rfc9529-traces.json", "edhoc-derived-traces.json")) {
      for (JsonNode trace : Vectors.load(file, node -> node)) {
        parties.add(Party.of(trace, "I"));
        parties.add(Party.of(trace, "R"));
      }
    }
    return parties;
  }

  @ParameterizedTest
  @MethodSource("parties")
  void readsTheCredentialAndFindsItByItsName(Party party) throws CoseException {
    IdCred id = IdCred.decode(party.idCred);
    Credential credential = party.credential();
    assertThat(credential.encoded()).isEqualTo(party.cred);
    assertThat(party.isKey(credential.key())).isTrue();
    PinnedCredentials pinned =
        PinnedCredentials.of(CRYPTO, credential, Credential.ccsOf("nobody", credential.key()));
    assertThat(pinned.resolve(id, Instant.EPOCH))
        .isInstanceOfSatisfying(
            Resolution.Trusted.class,
            trusted -> assertThat(trusted.candidates()).contains(credential));
    if (id.type() != IdCred.Type.KID && id.type() != IdCred.Type.X5T) {
      assertThat(id.byValue()).contains(credential);
    }
  }

  @Test
  @Tag("LK-036")
  void seesRawKeysByReferenceAndByValueAndCertificatesByReferenceAndByValue() throws CoseException {
    Set<IdCred.Type> seen = EnumSet.noneOf(IdCred.Type.class);
    for (Party party : parties()) {
      seen.add(IdCred.decode(party.idCred).type());
    }
    assertThat(seen)
        .containsExactlyInAnyOrder(
            IdCred.Type.KID, IdCred.Type.KCCS, IdCred.Type.X5T, IdCred.Type.X5CHAIN);
  }

  /** Names by hash are computed the same way (RFC 9360, Section 2). */
  @Test
  void namesTheCertificatesLikeTheVectors() {
    for (JsonNode node : Vectors.load("x509-certificates.json", node -> node)) {
      if (node.has("der")) {
        Bytes der = Bytes.hex(node.path("der").asText());
        assertThat(IdCred.x5tOf(CRYPTO, der).encoded())
            .isEqualTo(Bytes.hex(node.path("id_cred_x5t").asText()));
        assertThat(IdCred.x5t256Of(CRYPTO, der).hash())
            .contains(new CertificateHash(-16, Bytes.hex(node.path("sha256").asText())));
        String start = node.path("id_cred_x5chain").asText().replace(".", "");
        assertThat(IdCred.x5chain(List.of(der)).encoded().toHex()).startsWith(start);
      }
    }
  }

  /** One side of a trace. */
  record Party(String name, Bytes idCred, Bytes cred, List<Bytes> keys) {
    static Party of(JsonNode trace, String side) {
      JsonNode values = trace.path("values");
      List<Bytes> keys = new ArrayList<>();
      for (String member : List.of("PK_" + side, "G_" + side)) {
        if (values.has(member)) {
          keys.add(Bytes.hex(values.path(member).asText()));
        }
      }
      return new Party(
          trace.path("id").asText() + " " + side,
          Bytes.hex(values.path("ID_CRED_" + side + "_cbor").asText()),
          Bytes.hex(values.path("CRED_" + side + "_cbor").asText()),
          keys);
    }

    /** A byte string is a certificate, a map a claims set. */
    Credential credential() throws CoseException {
      int octets = cred.at(0) == 0x58 ? 2 : 3;
      return cred.at(0) == 0xa2
          ? Credential.ccs(cred)
          : Credential.x509(cred.slice(octets, cred.length()));
    }

    /** Keys of ECDSA are uncompressed points. */
    boolean isKey(PublicKey key) {
      Bytes point = Bytes.of(4).plus(key.x()).plus(key.y().orElse(Bytes.empty()));
      return keys.contains(key.x()) || keys.contains(point);
    }

    @Override
    public String toString() {
      return name;
    }
  }
}
