package dev.moat.edhoc.psk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.cbor.CborWriter;
import dev.moat.cose.CoseException;
import dev.moat.cose.credential.SymmetricClaims;
import dev.moat.edhoc.Role;
import dev.moat.edhoc.suite.EdhocHash;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Pre-shared keys as they are provisioned (draft-ietf-lake-edhoc-psk, Section 3.1). */
class PskCredentialTest {
  private static final EdhocHash HASH = EdhocHash.SHA_256;

  @Test
  @Tag("LK-022")
  void refusesEqualCredentials() {
    try (SecretBytes psk = PskPair.psk();
        SecretBytes credential = SecretBytes.copyOf(new byte[] {(byte) 0xa0})) {
      assertThatThrownBy(() -> PskCredential.of(PskPair.KID, psk, credential, credential, HASH))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> PskCredential.external(PskPair.KID, psk, "a", "a", HASH))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void refusesShortKeysAndEmptySubjects() {
    try (SecretBytes psk = PskPair.psk();
        SecretBytes shorter = SecretBytes.copyOf(new byte[15])) {
      assertThatThrownBy(() -> PskCredential.external(PskPair.KID, shorter, "a", "b", HASH))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> PskCredential.external(PskPair.KID, psk, "", "b", HASH))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> PskCredential.external(PskPair.KID, psk, "a", "", HASH))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void knowsTheCredentialsByRole() {
    try (PskCredential lock = PskPair.credential(HASH, "lock", "key");
        PskCredential key = PskPair.credential(HASH, "key", "lock")) {
      assertThat(both(lock, Role.INITIATOR)).isEqualTo(both(key, Role.RESPONDER));
      assertThat(both(lock, Role.INITIATOR)).isNotEqualTo(both(key, Role.INITIATOR));
      assertThat(lock.idCred().kid()).contains(PskPair.KID);
    }
  }

  @Test
  void showsNoSecret() {
    PskCredential lock = PskPair.credential(HASH, "lock", "key");
    String secret = Bytes.utf8("sixteen octets..").toHex();
    assertThat(lock.toString()).contains("SHA_256").doesNotContain(secret);
    lock.close();
    assertThatThrownBy(() -> both(lock, Role.INITIATOR)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void refusesClaimsThatDoNotBelongTogether() throws CoseException {
    SymmetricClaims lock = claims("lock", 1, 1);
    assertThat(PskCredential.ofClaims(lock, claims("key", 1, 1), HASH).hash()).isEqualTo(HASH);
    List<SymmetricClaims> others =
        List.of(
            claims("lock", 1, 1),
            claims("key", 2, 1),
            claims("key", 1, 2),
            claims("", 1, 1),
            claims("key", 0, 1));
    for (SymmetricClaims other : others) {
      assertThatThrownBy(() -> PskCredential.ofClaims(lock, other, HASH))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> PskCredential.ofClaims(other, lock, HASH))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  /** Claims with a subject unless it is empty, and a kid unless it is 0. */
  private static SymmetricClaims claims(String subject, int kid, int key) throws CoseException {
    byte[] secret = new byte[16];
    secret[0] = (byte) key;
    CborWriter coseKey =
        new CborWriter()
            .map(
                map -> {
                  map.put(1, kty -> kty.integer(4)).put(-1, k -> k.bytes(Bytes.owned(secret)));
                  if (kid > 0) {
                    map.put(2, id -> id.bytes(Bytes.of(kid)));
                  }
                });
    CborWriter claims =
        new CborWriter()
            .map(
                map -> {
                  map.put(8, cnf -> cnf.map(m -> m.put(1, k -> k.encoded(coseKey.toBytes()))));
                  if (!subject.isEmpty()) {
                    map.put(2, sub -> sub.text(subject));
                  }
                });
    return SymmetricClaims.decode(SecretBytes.copyOf(claims.toBytes().toArray()));
  }

  private static Bytes both(PskCredential credential, Role role) {
    return credential.lendCredentials(role, lent -> Bytes.empty().plus(lent));
  }
}
