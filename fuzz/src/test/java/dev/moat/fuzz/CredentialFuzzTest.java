package dev.moat.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import dev.moat.bytes.Bytes;
import dev.moat.cose.CoseException;
import dev.moat.cose.Sign1;
import dev.moat.cose.credential.Credential;
import dev.moat.cose.credential.IdCred;
import dev.moat.cose.credential.PinnedCredentials;
import dev.moat.cose.credential.Resolution;
import dev.moat.cose.key.PublicKey;
import dev.moat.crypto.JdkCrypto;
import dev.moat.pki.CertificateTrust;
import dev.moat.testkit.Vectors;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Credentials and their names, which a peer sends before it has authenticated. */
final class CredentialFuzzTest {
  private static final JdkCrypto CRYPTO = JdkCrypto.create();
  private static final Instant NOW = Instant.parse("2025-06-01T00:00:00Z");

  /** Names of the published and derived traces. */
  static Stream<byte[]> names() {
    return traces("ID_CRED_I_cbor", "ID_CRED_R_cbor");
  }

  /** Claims sets, as they are. */
  static Stream<byte[]> claims() {
    return traces("CRED_I_cbor", "CRED_R_cbor");
  }

  static Stream<byte[]> certificates() {
    return Vectors.load("x509-certificates.json", node -> node.path("der").asText()).stream()
        .map(der -> Bytes.hex(der).toArray());
  }

  static Stream<byte[]> messages() {
    return Seeds.coseMessages();
  }

  private static Stream<byte[]> traces(String... members) {
    return Stream.of("edhoc-rfc9529-traces.json", "edhoc-derived-traces.json")
        .flatMap(file -> Vectors.load(file, node -> node.path("values")).stream())
        .flatMap(values -> Arrays.stream(members).map(member -> values.path(member).asText()))
        .distinct()
        .map(hex -> Bytes.hex(hex).toArray());
  }

  /** A name is kept as it is, and nobody is trusted by naming himself. */
  @MethodSource("names")
  @FuzzTest
  void namesAreReadOrRefused(@NotNull byte[] octets) throws Exception {
    Bytes source = Bytes.copyOf(octets);
    IdCred name;
    try {
      name = IdCred.decode(source);
    } catch (CoseException refused) {
      assertThat(refused.reason()).isNotNull();
      return;
    }
    assertThat(name.encoded()).isEqualTo(source);
    assertThat(PinnedCredentials.of(CRYPTO).resolve(name, NOW)).isEqualTo(new Resolution.Unknown());
    assertThat(trust().resolve(name, NOW)).isNotInstanceOf(Resolution.Trusted.class);
    try {
      name.byValue().ifPresent(found -> assertThat(found.key().x().length()).isPositive());
    } catch (CoseException refused) {
      assertThat(refused.reason()).isNotNull();
    }
  }

  @MethodSource("claims")
  @FuzzTest
  void claimsSetsAreReadOrRefused(@NotNull byte[] octets) {
    Bytes source = Bytes.copyOf(octets);
    try {
      Credential read = Credential.ccs(source);
      assertThat(read.encoded()).isEqualTo(source);
      PublicKey key = read.key();
      assertThat(PublicKey.decode(key.encode())).isEqualTo(key);
    } catch (CoseException refused) {
      assertThat(refused.reason()).isNotNull();
    }
  }

  @MethodSource("certificates")
  @FuzzTest
  void certificatesAreReadOrRefused(@NotNull byte[] octets) throws Exception {
    Bytes source = Bytes.copyOf(octets);
    try {
      assertThat(Credential.x509(source).chain()).containsExactly(source);
      IdCred name = IdCred.x5chain(List.of(source));
      assertThat(trust().resolve(name, NOW)).isNotInstanceOf(Resolution.Trusted.class);
    } catch (CoseException refused) {
      assertThat(refused.reason()).isNotNull();
    }
  }

  /** A Sign1 has one form with its tag and one without; as a token it may be anything. */
  @MethodSource("messages")
  @FuzzTest
  void signedMessagesAreReadOrRefused(@NotNull byte[] octets) {
    Bytes source = Bytes.copyOf(octets);
    try {
      Sign1 message = Sign1.decode(source);
      assertThat(source).isIn(message.encode(), message.encodeUntagged());
      assertThat(Credential.cwt(source).encoded()).isEqualTo(message.encodeUntagged());
    } catch (CoseException refused) {
      assertThat(refused.reason()).isNotNull();
    }
  }

  /** Anchors that have issued none of the seeds. */
  private static CertificateTrust trust() throws Exception {
    Bytes nobody =
        Bytes.hex(Vectors.load("x509-certificates.json", n -> n.path("der").asText()).get(4));
    return CertificateTrust.builder(CRYPTO)
        .anchor("CN=Nobody", Credential.x509(nobody).key())
        .build();
  }
}
