package dev.moat.endpoint;

import dev.moat.bytes.Bytes;
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
import dev.moat.edhoc.suite.CipherSuites;
import dev.moat.edhoc.suite.Method;
import dev.moat.testkit.InsecureSeededRandom;
import java.util.List;
import java.util.Set;

/** A client and a server that know each other's static Diffie-Hellman keys: method 3, suite 0. */
public final class EdhocFixture {
  private static final Primitives PRIMITIVES = PrimitivesChoice.bouncyCastle();
  private static final Party CLIENT = party("client", 1);
  private static final Party SERVER = party("server", 2);

  private EdhocFixture() {}

  public static EdhocSettings.Builder client() {
    return settings(CLIENT, SERVER);
  }

  public static EdhocSettings.Builder server() {
    return settings(SERVER, CLIENT);
  }

  public static ContextRules rules() {
    return ContextRules.inMemory(PRIMITIVES.symmetric());
  }

  private static EdhocSettings.Builder settings(Party own, Party peer) {
    return EdhocSettings.builder(
            PRIMITIVES, List.of(CipherSuites.standard().require(0)), Set.of(Method.DH_DH))
        .identities(own.identity)
        .peers(PinnedCredentials.of(PRIMITIVES.symmetric(), peer.credential));
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
