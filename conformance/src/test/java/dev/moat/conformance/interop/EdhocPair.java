package dev.moat.conformance.interop;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.cose.CoseException;
import dev.moat.cose.credential.Credential;
import dev.moat.cose.credential.IdCred;
import dev.moat.cose.credential.PinnedCredentials;
import dev.moat.cose.key.KeyCurve;
import dev.moat.cose.key.PrivateKey;
import dev.moat.crypto.Primitives;
import dev.moat.crypto.bc.PrimitivesChoice;
import dev.moat.edhoc.auth.Identity;
import dev.moat.edhoc.coap.ContextRules;
import dev.moat.edhoc.run.EdhocSettings;
import dev.moat.edhoc.session.EdhocSession;
import dev.moat.edhoc.suite.CipherSuites;
import dev.moat.edhoc.suite.Method;
import dev.moat.testkit.InsecureSeededRandom;
import java.util.List;
import java.util.Set;

/** An initiator and a responder of method 3 who know each other, with message_4. */
final class EdhocPair {
  private static final Primitives PRIMITIVES = PrimitivesChoice.bouncyCastle();
  private static final Party INITIATOR = party("initiator", 1);
  private static final Party RESPONDER = party("responder", 2);

  private EdhocPair() {}

  static EdhocSettings initiator() {
    return settings(INITIATOR, RESPONDER);
  }

  static EdhocSettings responder() {
    return settings(RESPONDER, INITIATOR);
  }

  static ContextRules rules() {
    return ContextRules.inMemory(PRIMITIVES.symmetric());
  }

  /** The OSCORE Master Secret (RFC 9528, Appendix A.1). */
  static Bytes secret(EdhocSession session) {
    try (SecretBytes secret = session.exporter(0, Bytes.empty(), 16)) {
      return secret.use(Bytes::copyOf);
    }
  }

  private static EdhocSettings settings(Party own, Party peer) {
    return EdhocSettings.builder(
            PRIMITIVES, List.of(CipherSuites.standard().require(0)), Set.of(Method.DH_DH))
        .identities(own.identity)
        .peers(PinnedCredentials.of(PRIMITIVES.symmetric(), peer.credential))
        .message4()
        .build();
  }

  private static Party party(String name, int kid) {
    PrivateKey key =
        PrivateKey.generate(KeyCurve.X25519, PRIMITIVES.curves(), new InsecureSeededRandom(kid));
    Credential credential = Credential.ccsOf(name, key.publicKey().withKid(Bytes.of(kid)));
    try {
      IdCred named = IdCred.kid(Bytes.of(kid));
      return new Party(
          credential, Identity.staticDh(named, credential, key.agreement(PRIMITIVES.curves())));
    } catch (CoseException wrong) {
      throw new AssertionError(wrong);
    }
  }

  private record Party(Credential credential, Identity identity) {}
}
