package dev.moat.cose;

import dev.moat.bytes.Bytes;
import dev.moat.cbor.CborException;
import dev.moat.cbor.CborKind;
import dev.moat.cbor.CborReader;
import dev.moat.cbor.CborWriter;
import dev.moat.cose.CoseException.Reason;
import dev.moat.cose.CoseKey.Operation;
import dev.moat.crypto.Aead;
import dev.moat.crypto.AeadAlgorithm;
import dev.moat.crypto.Crypto;
import java.util.Optional;

/**
 * A COSE_Encrypt0: headers and a ciphertext for one recipient who has the key (RFC 9052, Section
 * 5.2). Immutable.
 *
 * @param headers algorithm, key identifier, initialization vector
 * @param ciphertext the ciphertext with its tag
 */
public record Encrypt0(CoseHeaders headers, Bytes ciphertext) {
  /** The CBOR tag of a COSE_Encrypt0 (RFC 9052, Section 2). */
  private static final int TAG = 16;

  /**
   * Encrypts. The caller sees to it that no initialization vector is ever used twice with a key.
   *
   * @param headers with the algorithm and an IV, or a Partial IV for the key's Base IV
   * @param externalAad authenticated with it, not sent; zero octets when nothing
   * @throws CoseException with NO_ALGORITHM, BAD_IV or KEY_NOT_FOR_THIS
   */
  public static Encrypt0 encrypt(
      Crypto crypto, CoseKey key, CoseHeaders headers, Bytes externalAad, Bytes plaintext)
      throws CoseException {
    AeadAlgorithm algorithm = headers.algorithm();
    key.require(algorithm, Operation.ENCRYPT);
    byte[] nonce = nonce(headers, key, algorithm);
    byte[] aad = EncStructure.of(headers.authenticatedOctets(), externalAad).toArray();
    byte[] buffer = new byte[plaintext.length() + algorithm.tagOctets()];
    plaintext.copyTo(buffer, 0);
    try (Aead aead = crypto.aead(algorithm, key.secret())) {
      aead.seal(nonce, aad, aad.length, buffer, 0, plaintext.length());
    }
    return new Encrypt0(headers, Bytes.owned(buffer));
  }

  /**
   * Verifies and decrypts.
   *
   * @param externalAad the same as when it was encrypted
   * @throws CoseException with NO_ALGORITHM, UNKNOWN_ALGORITHM, BAD_IV, KEY_NOT_FOR_THIS or
   *     VERIFICATION_FAILED
   */
  public Bytes decrypt(Crypto crypto, CoseKey key, Bytes externalAad) throws CoseException {
    AeadAlgorithm algorithm = headers.algorithm();
    key.require(algorithm, Operation.DECRYPT);
    byte[] nonce = nonce(headers, key, algorithm);
    byte[] aad = EncStructure.of(headers.authenticatedOctets(), externalAad).toArray();
    byte[] buffer = ciphertext.toArray();
    try (Aead aead = crypto.aead(algorithm, key.secret())) {
      if (!aead.open(nonce, aad, aad.length, buffer, 0, buffer.length)) {
        throw new CoseException(Reason.VERIFICATION_FAILED);
      }
    }
    return Bytes.owned(buffer, 0, buffer.length - algorithm.tagOctets());
  }

  /**
   * Reads a message, tagged or not; nothing is verified yet.
   *
   * @throws CoseException with MALFORMED_CBOR, NOT_ENCRYPT0, DETACHED_CIPHERTEXT, or a reason of
   *     {@link CoseHeaders#decode}
   */
  public static Encrypt0 decode(Bytes message) throws CoseException {
    try {
      CborReader reader = new CborReader(message);
      boolean otherTag = reader.kind() == CborKind.TAG && reader.tag() != TAG;
      if (otherTag || reader.array() != 3) {
        throw new CoseException(Reason.NOT_ENCRYPT0);
      }
      Bytes protectedOctets = reader.bytes();
      if (reader.kind() != CborKind.MAP) {
        throw new CoseException(Reason.NOT_ENCRYPT0);
      }
      Bytes unprotectedMap = reader.item();
      if (reader.kind() == CborKind.NULL) {
        throw new CoseException(Reason.DETACHED_CIPHERTEXT);
      }
      Bytes ciphertext = reader.bytes();
      reader.end();
      return new Encrypt0(CoseHeaders.decode(protectedOctets, unprotectedMap), ciphertext);
    } catch (CborException refused) {
      throw CoseException.reading(refused, Reason.NOT_ENCRYPT0);
    }
  }

  /** The message with its tag. */
  public Bytes encode() {
    return write(new CborWriter().tag(TAG));
  }

  /** The message without a tag, for places that say what stands there. */
  public Bytes encodeUntagged() {
    return write(new CborWriter());
  }

  private Bytes write(CborWriter writer) {
    return writer
        .array(3)
        .bytes(headers.protectedOctets())
        .encoded(headers.unprotectedMap())
        .bytes(ciphertext)
        .toBytes();
  }

  private static byte[] nonce(CoseHeaders headers, CoseKey key, AeadAlgorithm algorithm)
      throws CoseException {
    Optional<Bytes> partial = headers.partialIv();
    byte[] nonce = partial.isPresent() ? octets(key.baseIv()) : octets(headers.iv());
    byte[] change = octets(partial);
    if (nonce.length != algorithm.nonceOctets() || change.length > nonce.length) {
      throw new CoseException(Reason.BAD_IV);
    }
    // The Partial IV, left-padded with zeros, XOR the Context IV (RFC 9052, Section 3.1).
    int padding = nonce.length - change.length;
    for (int i = 0; i < change.length; i++) {
      nonce[padding + i] ^= change[i];
    }
    return nonce;
  }

  private static byte[] octets(Optional<Bytes> value) {
    return value.orElse(Bytes.empty()).toArray();
  }
}
