package dev.moat.edhoc.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.cose.EncStructure;
import dev.moat.crypto.Primitives;
import dev.moat.crypto.bc.PrimitivesChoice;
import dev.moat.edhoc.Role;
import dev.moat.edhoc.Trace;
import dev.moat.edhoc.suite.AuthenticationKind;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every derived value of every trace, from the values before it. */
class KeyScheduleVectorsTest {
  private static final Primitives PRIMITIVES = PrimitivesChoice.best();

  static Stream<Trace> traces() {
    return Trace.all();
  }

  @ParameterizedTest
  @MethodSource("traces")
  @Tag("LK-002")
  void derivesThePseudorandomKeys(Trace trace) {
    Kdf kdf = Kdf.of(PRIMITIVES, trace.suite().hash());
    Th2 th2 = Th2.of(kdf, trace.value("G_Y"), trace.value("message_1"));
    assertThat(th2.value()).isEqualTo(trace.value("TH_2"));
    Prk2e prk2e = Prk2e.of(kdf, th2, trace.secret("G_XY"));
    Prk3e2m prk3e2m = prk3e2m(trace, prk2e);
    Th3 th3 = Th3.of(kdf, th2, trace.value("PLAINTEXT_2"), trace.value("CRED_R_cbor"));
    assertThat(th3.value()).isEqualTo(trace.value("TH_3"));
    Prk4e3m prk4e3m = prk4e3m(trace, prk3e2m, th3);
    Th4 th4 = Th4.of(kdf, th3, trace.value("PLAINTEXT_3"), trace.value("CRED_I_cbor"));
    assertThat(th4.value()).isEqualTo(trace.value("TH_4"));
    assertThat(prk4e3m.prkOut(th4).copy()).isEqualTo(trace.secret("PRK_out"));
    assertThat(kdf.hashOctets()).isEqualTo(trace.suite().hash().octets());
  }

  @ParameterizedTest
  @MethodSource("traces")
  @Tag("LK-009")
  void derivesTheMacsOfTheStatements(Trace trace) {
    Kdf kdf = Kdf.of(PRIMITIVES, trace.suite().hash());
    Statement responder =
        Statement.ofResponder(
            trace.value("C_R_cbor"),
            trace.value("ID_CRED_R_cbor"),
            new Th2(trace.value("TH_2")),
            trace.value("CRED_R_cbor"),
            trace.value("EAD_2"));
    Statement initiator =
        Statement.ofInitiator(
            trace.value("ID_CRED_I_cbor"),
            new Th3(trace.value("TH_3")),
            trace.value("CRED_I_cbor"),
            trace.value("EAD_3"));
    assertThat(responder.context()).isEqualTo(trace.value("context_2"));
    assertThat(initiator.context()).isEqualTo(trace.value("context_3"));
    int octets2 = macOctets(trace, Role.RESPONDER);
    int octets3 = macOctets(trace, Role.INITIATOR);
    assertThat(Kdf.info(2, responder.context(), octets2)).isEqualTo(trace.value("info_MAC_2"));
    assertThat(Kdf.info(6, initiator.context(), octets3)).isEqualTo(trace.value("info_MAC_3"));
    Prk3e2m prk3e2m = new Prk3e2m(key(kdf, trace, "PRK_3e2m"));
    Prk4e3m prk4e3m = new Prk4e3m(key(kdf, trace, "PRK_4e3m"));
    assertThat(prk3e2m.mac2(responder, octets2)).isEqualTo(trace.secret("MAC_2"));
    assertThat(prk4e3m.mac3(initiator, octets3)).isEqualTo(trace.secret("MAC_3"));
  }

  @ParameterizedTest
  @MethodSource("traces")
  void encryptsTheMessages(Trace trace) {
    Kdf kdf = Kdf.of(PRIMITIVES, trace.suite().hash());
    Th2 th2 = new Th2(trace.value("TH_2"));
    Prk2e prk2e = Prk2e.of(kdf, th2, trace.secret("G_XY"));
    Bytes plaintext2 = trace.value("PLAINTEXT_2");
    assertThat(prk2e.applyKeystream2(plaintext2)).isEqualTo(trace.value("CIPHERTEXT_2"));
    Th3 th3 = new Th3(trace.value("TH_3"));
    Prk3e2m prk3e2m = new Prk3e2m(key(kdf, trace, "PRK_3e2m"));
    assertSealsAndOpens(trace, "3", th3.value(), prk3e2m.messageKey3(th3, trace.suite().aead()));
    Th4 th4 = new Th4(trace.value("TH_4"));
    Prk4e3m prk4e3m = new Prk4e3m(key(kdf, trace, "PRK_4e3m"));
    assertSealsAndOpens(trace, "4", th4.value(), prk4e3m.messageKey4(th4, trace.suite().aead()));
  }

  @ParameterizedTest
  @MethodSource("traces")
  @Tag("LK-057")
  void exportsAndUpdates(Trace trace) {
    Kdf kdf = Kdf.of(PRIMITIVES, trace.suite().hash());
    PrkOut prkOut = PrkOut.restored(kdf, trace.secret("PRK_out"));
    assertExports(trace, prkOut, "");
    PrkOut updated = prkOut.updated(trace.value("KeyUpdate_context"));
    assertThat(updated.copy()).isEqualTo(trace.secret("PRK_out_after_KeyUpdate"));
    assertExports(trace, updated, "_after_KeyUpdate");
  }

  private static Prk3e2m prk3e2m(Trace trace, Prk2e prk2e) {
    boolean mixed = trace.method().of(Role.RESPONDER) == AuthenticationKind.STATIC_DH;
    Prk3e2m key = mixed ? prk2e.mixed(trace.secret("G_RX")) : prk2e.carried();
    assertThat(key.secretCopy()).isEqualTo(trace.secret("PRK_3e2m"));
    return key;
  }

  private static Prk4e3m prk4e3m(Trace trace, Prk3e2m prk3e2m, Th3 th3) {
    boolean mixed = trace.method().of(Role.INITIATOR) == AuthenticationKind.STATIC_DH;
    Prk4e3m key = mixed ? prk3e2m.mixed(th3, trace.secret("G_IY")) : prk3e2m.carried();
    assertThat(key.secretCopy()).isEqualTo(trace.secret("PRK_4e3m"));
    return key;
  }

  private static int macOctets(Trace trace, Role role) {
    return trace.suite().macOctets(trace.method().of(role));
  }

  private static Pseudorandom key(Kdf kdf, Trace trace, String field) {
    return new Pseudorandom(kdf, trace.secret(field));
  }

  private static void assertSealsAndOpens(Trace trace, String n, Bytes th, MessageKey key) {
    Bytes plaintext = trace.value("PLAINTEXT_" + n);
    Bytes ciphertext = trace.value("CIPHERTEXT_" + n);
    assertThat(EncStructure.of(Bytes.empty(), th)).isEqualTo(trace.value("A_" + n));
    assertThat(key.open(PRIMITIVES.symmetric(), th, ciphertext).orElseThrow().plaintext())
        .isEqualTo(plaintext);
    assertThat(key.seal(PRIMITIVES.symmetric(), th, plaintext)).isEqualTo(ciphertext);
  }

  private static void assertExports(Trace trace, PrkOut prkOut, String suffix) {
    SecretBytes secret = trace.secret("OSCORE_Master_Secret" + suffix);
    SecretBytes salt = trace.secret("OSCORE_Master_Salt" + suffix);
    assertThat(prkOut.exporter(0, Bytes.empty(), secret.length())).isEqualTo(secret);
    assertThat(prkOut.exporter(1, Bytes.empty(), salt.length())).isEqualTo(salt);
  }
}
