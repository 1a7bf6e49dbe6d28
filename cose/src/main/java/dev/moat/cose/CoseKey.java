package dev.moat.cose;

import dev.moat.bytes.Bytes;
import dev.moat.bytes.SecretBytes;
import dev.moat.cbor.CborException;
import dev.moat.cose.CoseException.Reason;
import dev.moat.crypto.AeadAlgorithm;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * A symmetric COSE_Key (RFC 9052, Section 7; RFC 9053, Section 7.2.3). Immutable until {@link
 * #close()}, which erases the secret.
 */
public final class CoseKey implements AutoCloseable {
  private final SecretBytes secret;
  private final Optional<Bytes> kid;
  private final Optional<AeadAlgorithm> algorithm;
  private final Optional<Bytes> baseIv;
  private final Set<Operation> operations;

  CoseKey(
      SecretBytes secret,
      Optional<Bytes> kid,
      Optional<AeadAlgorithm> algorithm,
      Optional<Bytes> baseIv,
      Set<Operation> operations) {
    this.secret = secret;
    this.kid = kid;
    this.algorithm = algorithm;
    this.baseIv = baseIv;
    this.operations = Set.copyOf(operations);
  }

  /** A key for one algorithm, with a copy of {@code secret}, which stays the caller's to erase. */
  public static CoseKey symmetric(AeadAlgorithm algorithm, SecretBytes secret) {
    return new CoseKey(
        secret.use(SecretBytes::copyOf),
        Optional.empty(),
        Optional.of(algorithm),
        Optional.empty(),
        EnumSet.allOf(Operation.class));
  }

  /**
   * Reads a COSE_Key; {@code encoded} stays the caller's to erase.
   *
   * @throws CoseException with MALFORMED_CBOR, BAD_KEY or UNKNOWN_ALGORITHM
   */
  public static CoseKey decode(SecretBytes encoded) throws CoseException {
    byte[] octets = encoded.use(byte[]::clone);
    try {
      return KeyReader.read(Bytes.owned(octets));
    } catch (CborException refused) {
      throw CoseException.reading(refused, Reason.BAD_KEY);
    } finally {
      Arrays.fill(octets, (byte) 0);
    }
  }

  /** The secret: owned by this key. */
  public SecretBytes secret() {
    return secret;
  }

  /** The key identifier. */
  public Optional<Bytes> kid() {
    return kid;
  }

  /** The only algorithm that the key may be used with, if there is one. */
  public Optional<AeadAlgorithm> algorithm() {
    return algorithm;
  }

  /** What Partial IVs are combined with (RFC 9052, Section 3.1). */
  public Optional<Bytes> baseIv() {
    return baseIv;
  }

  /** Refuses an algorithm, a key length or a use that the key is not for (Section 7.1). */
  void require(AeadAlgorithm wanted, Operation operation) throws CoseException {
    boolean fits =
        algorithm.map(wanted::equals).orElse(true)
            && secret.length() == wanted.keyOctets()
            && operations.contains(operation);
    if (!fits) {
      throw new CoseException(Reason.KEY_NOT_FOR_THIS);
    }
  }

  /** Erases the secret; a second call does nothing. */
  @Override
  public void close() {
    secret.close();
  }

  /** Everything but the secret. */
  @Override
  public String toString() {
    return "CoseKey[kid=%s, algorithm=%s, %d octets]"
        .formatted(
            kid.map(Bytes::toHex).orElse("none"),
            algorithm.map(CoseAlgorithms::nameOf).orElse("any"),
            secret.length());
  }

  /** What a key may be used for (RFC 9052, Section 7.1, key_ops). */
  enum Operation {
    ENCRYPT,
    DECRYPT
  }
}
