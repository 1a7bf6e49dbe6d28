package dev.moat.foe.keys;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.RandomSource;
import dev.moat.bytes.SecretBytes;
import dev.moat.cose.CoseException;
import dev.moat.cose.credential.Credential;
import dev.moat.cose.credential.CredentialStore;
import dev.moat.cose.credential.IdCred;
import dev.moat.cose.credential.PinnedCredentials;
import dev.moat.cose.key.KeyCurve;
import dev.moat.cose.key.PrivateKey;
import dev.moat.crypto.Crypto;
import dev.moat.crypto.Primitives;
import dev.moat.crypto.bc.PrimitivesChoice;
import dev.moat.edhoc.auth.Identity;
import dev.moat.edhoc.run.EdhocSettings;
import dev.moat.edhoc.suite.CipherSuite;
import dev.moat.edhoc.suite.CipherSuites;
import dev.moat.edhoc.suite.Method;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The long-term keys of a run: static Diffie-Hellman keys on X25519, of which clients know the
 * server's and the server knows the clients'. They come from the run's secret, so each cell of the
 * table has its own. Foe's key is as good as theirs; only nobody was told of it.
 */
public final class Identities {
  /** Both sides prefer suite 1, with MACs of 16 octets, and support suite 0, with MACs of 8. */
  private static final List<Integer> SUITES = List.of(1, 0);

  private final SecretBytes runSecret;
  private final Primitives primitives;

  private Identities(SecretBytes runSecret, Primitives primitives) {
    this.runSecret = runSecret;
    this.primitives = primitives;
  }

  /** The keys of one run; {@code runSecret} stays the caller's. One for each endpoint. */
  public static Identities of(SecretBytes runSecret) {
    return new Identities(runSecret, PrimitivesChoice.bouncyCastle());
  }

  /** Symmetric primitives. */
  public Crypto crypto() {
    return primitives.symmetric();
  }

  /** Ephemeral keys and identifiers of {@code holder}: the same again for the same run. */
  public RandomSource random(Holder holder) {
    return new DerivedRandom(runSecret, holder + " ephemeral", crypto());
  }

  /**
   * Method 3 for {@code holder}, who trusts those whom it was told of. Foe was told of everybody,
   * since their credentials are no secret, and asks nobody who he is.
   */
  public EdhocSettings.Builder settings(Holder holder) {
    return settings(holder, holder == Holder.FOE);
  }

  /**
   * Method 3 for {@code holder}.
   *
   * @param anyPeer true to take whoever shows a credential, too
   */
  public EdhocSettings.Builder settings(Holder holder, boolean anyPeer) {
    List<CipherSuite> suites =
        SUITES.stream().map(value -> CipherSuites.standard().require(value)).toList();
    CredentialStore trusted = trusted(holder);
    return EdhocSettings.builder(primitives, suites, Set.of(Method.DH_DH))
        .identities(identity(holder))
        .peers(anyPeer ? new InsecureAnyPeer(trusted) : trusted);
  }

  private CredentialStore trusted(Holder holder) {
    Stream<Holder> peers =
        switch (holder) {
          case CLIENT, OTHER -> Stream.of(Holder.SERVER);
          case SERVER -> Stream.of(Holder.CLIENT, Holder.OTHER);
          case FOE -> Stream.of(Holder.CLIENT, Holder.OTHER, Holder.SERVER);
        };
    return PinnedCredentials.of(
        crypto(), peers.map(this::key).map(Key::credential).toArray(Credential[]::new));
  }

  private Identity identity(Holder holder) {
    Key key = key(holder);
    // Nobody could find Foe's credential by a reference, so it shows the whole.
    IdCred name =
        holder == Holder.FOE ? IdCred.kccs(key.credential().encoded()) : IdCred.kid(kid(holder));
    try {
      return Identity.staticDh(
          name, key.credential(), key.privateKey().agreement(primitives.curves()));
    } catch (CoseException impossible) {
      throw new IllegalStateException("a key that was just made fits its credential", impossible);
    }
  }

  private Key key(Holder holder) {
    RandomSource random = new DerivedRandom(runSecret, holder + " static", crypto());
    PrivateKey key = PrivateKey.generate(KeyCurve.X25519, primitives.curves(), random);
    String subject = holder.name().toLowerCase(Locale.ROOT);
    return new Key(key, Credential.ccsOf(subject, key.publicKey().withKid(kid(holder))));
  }

  private static Bytes kid(Holder holder) {
    return Bytes.of(holder.kid());
  }

  private record Key(PrivateKey privateKey, Credential credential) {}
}
