package dev.moat.edhoc.coap;

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
import dev.moat.edhoc.run.EdhocSettings;
import dev.moat.edhoc.suite.CipherSuite;
import dev.moat.edhoc.suite.CipherSuites;
import dev.moat.edhoc.suite.Method;
import dev.moat.testkit.InsecureSeededRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Two parties that know each other, with static Diffie-Hellman keys on X25519. */
public final class Parties {
  public static final Primitives PRIMITIVES = PrimitivesChoice.bouncyCastle();
  public static final Party CLIENT = new Party("client", 1);
  public static final Party SERVER = new Party("server", 2);
  public static final Party STRANGER = new Party("stranger", 3);

  private Parties() {}

  /** Method 3 with suite 0 for {@code own}, who trusts {@code peers}. */
  public static EdhocSettings.Builder settings(Party own, Party... peers) {
    return settings(own, suites(0), peers);
  }

  public static EdhocSettings.Builder settings(
      Party own, List<CipherSuite> suites, Party... peers) {
    Credential[] trusted =
        Arrays.stream(peers).map(peer -> peer.credential).toArray(Credential[]::new);
    return EdhocSettings.builder(PRIMITIVES, suites, Set.of(Method.DH_DH))
        .identities(own.identity)
        .peers(PinnedCredentials.of(PRIMITIVES.symmetric(), trusted));
  }

  public static List<CipherSuite> suites(int... values) {
    return Arrays.stream(values).mapToObj(v -> CipherSuites.standard().require(v)).toList();
  }

  public static ContextRules rules() {
    return ContextRules.inMemory(PRIMITIVES.symmetric());
  }

  /** Someone with a key, named by a kid of one octet. */
  public static final class Party {
    public final Credential credential;
    public final Identity identity;

    Party(String name, int kid) {
      PrivateKey key =
          PrivateKey.generate(
              KeyCurve.X25519, PRIMITIVES.curves(), new InsecureSeededRandom(1000 + kid));
      credential = Credential.ccsOf(name, key.publicKey().withKid(Bytes.of(kid)));
      try {
        identity =
            Identity.staticDh(
                IdCred.kid(Bytes.of(kid)), credential, key.agreement(PRIMITIVES.curves()));
      } catch (CoseException wrong) {
        throw new AssertionError(wrong);
      }
    }
  }
}
