package dev.moat.conformance.edhoc;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.RandomSource;
import dev.moat.bytes.SecretBytes;
import dev.moat.crypto.Aead;
import dev.moat.crypto.AeadAlgorithm;
import dev.moat.crypto.Crypto;
import dev.moat.crypto.Curves;
import dev.moat.crypto.DhCurve;
import dev.moat.crypto.DhPrivateKey;
import dev.moat.crypto.DhPublicKey;
import dev.moat.crypto.HashAlgorithm;
import dev.moat.crypto.KeyMaterialException;
import dev.moat.crypto.Primitives;
import dev.moat.crypto.SignatureAlgorithm;
import dev.moat.crypto.SigningKey;
import dev.moat.crypto.VerificationKey;
import java.util.ArrayList;
import java.util.List;

/** Remembers every secret that one endpoint computes, to see later which of them are erased. */
final class WatchedPrimitives {
  private final List<SecretBytes> secrets = new ArrayList<>();
  private final List<DhPrivateKey> ephemerals = new ArrayList<>();

  /** The primitives of {@code inner}, watched. */
  Primitives of(Primitives inner) {
    return new Primitives(
        new WatchedCrypto(inner.symmetric()), new WatchedCurves(inner.curves()), inner.keccak());
  }

  /** The ephemeral keys in the order in which they were generated. */
  List<DhPrivateKey> ephemerals() {
    return List.copyOf(ephemerals);
  }

  /** Shared secrets, pseudorandom keys and keys of messages that can still be read. */
  List<SecretBytes> alive() {
    return secrets.stream().filter(WatchedPrimitives::isAlive).toList();
  }

  /** All that were ever computed. */
  int count() {
    return secrets.size();
  }

  private static boolean isAlive(SecretBytes secret) {
    try {
      return secret.use(octets -> true);
    } catch (IllegalStateException erased) {
      return false;
    }
  }

  private SecretBytes seen(SecretBytes secret) {
    secrets.add(secret);
    return secret;
  }

  private final class WatchedCrypto implements Crypto {
    private final Crypto inner;

    WatchedCrypto(Crypto inner) {
      this.inner = inner;
    }

    @Override
    public Aead aead(AeadAlgorithm algorithm, SecretBytes key) {
      return inner.aead(algorithm, key);
    }

    @Override
    public SecretBytes hkdfExtract(HashAlgorithm hash, Bytes salt, SecretBytes keyingMaterial) {
      return seen(inner.hkdfExtract(hash, salt, keyingMaterial));
    }

    @Override
    public Bytes hash(HashAlgorithm hash, Bytes input) {
      return inner.hash(hash, input);
    }

    @Override
    public SecretBytes hkdfExpand(HashAlgorithm hash, SecretBytes key, Bytes info, int octets) {
      return seen(inner.hkdfExpand(hash, key, info, octets));
    }
  }

  private final class WatchedCurves implements Curves {
    private final Curves inner;

    WatchedCurves(Curves inner) {
      this.inner = inner;
    }

    @Override
    public String provider() {
      return inner.provider();
    }

    @Override
    public boolean supports(DhCurve curve) {
      return inner.supports(curve);
    }

    @Override
    public boolean supports(SignatureAlgorithm algorithm) {
      return inner.supports(algorithm);
    }

    @Override
    public DhPrivateKey generate(DhCurve curve, RandomSource random) {
      DhPrivateKey key = new WatchedKey(inner.generate(curve, random));
      ephemerals.add(key);
      return key;
    }

    @Override
    public DhPrivateKey privateKey(DhCurve curve, SecretBytes octets) throws KeyMaterialException {
      return inner.privateKey(curve, octets);
    }

    @Override
    public DhPublicKey publicKey(DhCurve curve, Bytes coordinate) throws KeyMaterialException {
      return inner.publicKey(curve, coordinate);
    }

    @Override
    public SigningKey signingKey(SignatureAlgorithm algorithm, SecretBytes octets)
        throws KeyMaterialException {
      return inner.signingKey(algorithm, octets);
    }

    @Override
    public VerificationKey verificationKey(SignatureAlgorithm algorithm, Bytes publicKey)
        throws KeyMaterialException {
      return inner.verificationKey(algorithm, publicKey);
    }
  }

  private final class WatchedKey implements DhPrivateKey {
    private final DhPrivateKey inner;

    WatchedKey(DhPrivateKey inner) {
      this.inner = inner;
    }

    @Override
    public DhCurve curve() {
      return inner.curve();
    }

    @Override
    public Bytes publicKey() {
      return inner.publicKey();
    }

    @Override
    public SecretBytes agree(DhPublicKey peer) throws KeyMaterialException {
      return seen(inner.agree(peer));
    }

    @Override
    public void close() {
      inner.close();
    }
  }
}
