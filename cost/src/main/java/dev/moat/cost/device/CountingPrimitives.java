package dev.moat.cost.device;

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
import dev.moat.crypto.Keccak;
import dev.moat.crypto.KeyMaterialException;
import dev.moat.crypto.Primitives;
import dev.moat.crypto.SignatureAlgorithm;
import dev.moat.crypto.SigningKey;
import dev.moat.crypto.VerificationKey;
import java.util.EnumMap;
import java.util.Map;

/**
 * Primitives that count what is done with them. Keys made by them count, too. One for each role;
 * may be shared among threads as far as what it decorates may.
 */
public final class CountingPrimitives {
  private enum Operation {
    GENERATE,
    AGREE,
    SIGN,
    VERIFY,
    HASH,
    EXTRACT,
    EXPAND,
    HMAC,
    SEAL,
    OPEN,
    KECCAK
  }

  private final Map<Operation, Integer> counts = new EnumMap<>(Operation.class);
  private final Primitives primitives;

  /** Lets {@code primitives} do the work. */
  public CountingPrimitives(Primitives primitives) {
    this.primitives =
        new Primitives(
            new CountedCrypto(primitives.symmetric()),
            new CountedCurves(primitives.curves()),
            new CountedKeccak(primitives.keccak()));
  }

  /** What to work with, so that it counts. */
  public Primitives primitives() {
    return primitives;
  }

  /** What was done since the last {@link #reset}. */
  public synchronized CryptoOperations counted() {
    return new CryptoOperations(
        count(Operation.GENERATE),
        count(Operation.AGREE),
        count(Operation.SIGN),
        count(Operation.VERIFY),
        count(Operation.HASH),
        count(Operation.EXTRACT),
        count(Operation.EXPAND),
        count(Operation.HMAC),
        count(Operation.SEAL),
        count(Operation.OPEN),
        count(Operation.KECCAK));
  }

  /** Forgets what was done, such as making long-term keys. */
  public synchronized void reset() {
    counts.clear();
  }

  private int count(Operation operation) {
    return counts.getOrDefault(operation, 0);
  }

  private synchronized void add(Operation operation, int times) {
    var unused = counts.merge(operation, times, Integer::sum);
  }

  private final class CountedCrypto implements Crypto {
    private final Crypto crypto;

    CountedCrypto(Crypto crypto) {
      this.crypto = crypto;
    }

    @Override
    public Aead aead(AeadAlgorithm algorithm, SecretBytes key) {
      return new CountedAead(crypto.aead(algorithm, key));
    }

    @Override
    public SecretBytes hkdfExtract(HashAlgorithm hash, Bytes salt, SecretBytes input) {
      add(Operation.EXTRACT, 1);
      add(Operation.HMAC, 1);
      return crypto.hkdfExtract(hash, salt, input);
    }

    @Override
    public SecretBytes hkdfExtract(HashAlgorithm hash, SecretBytes salt, SecretBytes input) {
      add(Operation.EXTRACT, 1);
      add(Operation.HMAC, 1);
      return crypto.hkdfExtract(hash, salt, input);
    }

    @Override
    public Bytes hash(HashAlgorithm hash, Bytes input) {
      add(Operation.HASH, 1);
      return crypto.hash(hash, input);
    }

    @Override
    public SecretBytes hkdfExpand(HashAlgorithm hash, SecretBytes key, Bytes info, int octets) {
      add(Operation.EXPAND, 1);
      add(Operation.HMAC, (octets + hash.octets() - 1) / hash.octets());
      return crypto.hkdfExpand(hash, key, info, octets);
    }
  }

  private final class CountedAead implements Aead {
    private final Aead aead;

    CountedAead(Aead aead) {
      this.aead = aead;
    }

    @Override
    public AeadAlgorithm algorithm() {
      return aead.algorithm();
    }

    @Override
    public void seal(byte[] nonce, byte[] aad, int aadLength, byte[] buffer, int at, int length) {
      add(Operation.SEAL, 1);
      aead.seal(nonce, aad, aadLength, buffer, at, length);
    }

    @Override
    public boolean open(
        byte[] nonce, byte[] aad, int aadLength, byte[] buffer, int at, int length) {
      add(Operation.OPEN, 1);
      return aead.open(nonce, aad, aadLength, buffer, at, length);
    }

    @Override
    public void close() {
      aead.close();
    }
  }

  private final class CountedKeccak implements Keccak {
    private final Keccak keccak;

    CountedKeccak(Keccak keccak) {
      this.keccak = keccak;
    }

    @Override
    public Bytes shake256(Bytes input, int octets) {
      add(Operation.KECCAK, 1);
      return keccak.shake256(input, octets);
    }

    @Override
    public SecretBytes kmac256(SecretBytes key, SecretBytes input, int octets) {
      add(Operation.KECCAK, 1);
      return keccak.kmac256(key, input, octets);
    }
  }

  private final class CountedCurves implements Curves {
    private final Curves curves;

    CountedCurves(Curves curves) {
      this.curves = curves;
    }

    @Override
    public String provider() {
      return curves.provider();
    }

    @Override
    public boolean supports(DhCurve curve) {
      return curves.supports(curve);
    }

    @Override
    public boolean supports(SignatureAlgorithm algorithm) {
      return curves.supports(algorithm);
    }

    @Override
    public DhPrivateKey generate(DhCurve curve, RandomSource random) {
      add(Operation.GENERATE, 1);
      return new CountedDhKey(curves.generate(curve, random));
    }

    @Override
    public DhPrivateKey privateKey(DhCurve curve, SecretBytes octets) throws KeyMaterialException {
      return new CountedDhKey(curves.privateKey(curve, octets));
    }

    /** Public keys stay as they are: private keys of the same maker have to know them. */
    @Override
    public DhPublicKey publicKey(DhCurve curve, Bytes coordinate) throws KeyMaterialException {
      return curves.publicKey(curve, coordinate);
    }

    @Override
    public SigningKey signingKey(SignatureAlgorithm algorithm, SecretBytes octets)
        throws KeyMaterialException {
      return new CountedSigningKey(curves.signingKey(algorithm, octets));
    }

    @Override
    public VerificationKey verificationKey(SignatureAlgorithm algorithm, Bytes publicKey)
        throws KeyMaterialException {
      return new CountedVerificationKey(curves.verificationKey(algorithm, publicKey));
    }
  }

  private final class CountedDhKey implements DhPrivateKey {
    private final DhPrivateKey key;

    CountedDhKey(DhPrivateKey key) {
      this.key = key;
    }

    @Override
    public DhCurve curve() {
      return key.curve();
    }

    @Override
    public Bytes publicKey() {
      return key.publicKey();
    }

    @Override
    public SecretBytes agree(DhPublicKey peer) throws KeyMaterialException {
      add(Operation.AGREE, 1);
      return key.agree(peer);
    }

    @Override
    public void close() {
      key.close();
    }
  }

  private final class CountedSigningKey implements SigningKey {
    private final SigningKey key;

    CountedSigningKey(SigningKey key) {
      this.key = key;
    }

    @Override
    public SignatureAlgorithm algorithm() {
      return key.algorithm();
    }

    @Override
    public Bytes publicKey() {
      return key.publicKey();
    }

    @Override
    public Bytes sign(Bytes message) {
      add(Operation.SIGN, 1);
      return key.sign(message);
    }

    @Override
    public void close() {
      key.close();
    }
  }

  private final class CountedVerificationKey implements VerificationKey {
    private final VerificationKey key;

    CountedVerificationKey(VerificationKey key) {
      this.key = key;
    }

    @Override
    public SignatureAlgorithm algorithm() {
      return key.algorithm();
    }

    @Override
    public Bytes publicKey() {
      return key.publicKey();
    }

    @Override
    public boolean verify(Bytes message, Bytes signature) {
      add(Operation.VERIFY, 1);
      return key.verify(message, signature);
    }
  }
}
